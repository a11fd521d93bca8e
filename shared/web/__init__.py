"""What every page and every call goes through: the app, signing in, access, forms, layout, problem details."""
