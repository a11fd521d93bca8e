"""What the Carer's Passport is: pure, no database, no clock of its own."""
