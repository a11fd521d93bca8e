"""Names for people who do not exist.

A first name and a surname are drawn apart, by chance alone: neither knows the organisation, the grade, the nation or
anything else about the person, so a name says nothing. Surnames are put together from the parts below; no list of real
people was used, and a likeness to one is chance.
"""

from __future__ import annotations

from random import Random
from typing import Final


def _words(text: str) -> list[str]:
    return text.split()


_FIRST: Final = _words(
    """
    Aaliyah Abena Adaeze Adam Adeola Agnieszka Ahmed Aidan Aileen Aisha Alan Alasdair Alice Alisha Amara Amelia Amir
    Amit Andrew Aneta Angela Anika Anjali Ann Anwen Arthur Asha Ayesha Barbara Beatrice Benedict Bethan Bilal
    Blessing Brian Bronwen Callum Carys Catherine Catrin Chidi Chloe Christine Ciara Claire Colin Connor Cormac
    Craig Dafydd Daniel Daria David Deepa Delroy Denise Derek Devon Diane Diego Donna Dylan Eilidh Elaine Eleanor
    Eleri Elif Emeka Emily Emma Erin Esther Ewan Ewa Faisal Farah Fatima Femi Ffion Fiona Folake Fraser Gareth Gemma
    George Geraint Gillian Grace Graham Gurpreet Gwen Hamza Hannah Harpreet Harriet Hassan Hayley Heather Helen
    Hiroshi Huw Iain Ian Ibrahim Imani Imran Ines Ioan Iris Isaac Isla Ivan Jack Jacqueline Jamal James Jamila Janet
    Janine Jasmine Jaswinder Jean Jennifer Jerome Joan Joanna Joel John Joseph Joy Judith Julie Kamal Kareem Karen
    Kate Katarzyna Kavita Keisha Keith Kenneth Kerry Kevin Khadija Kieran Kirsty Krishna Kwame Laura Lauren Leah
    Leanne Leila Leo Lewis Liam Linda Lorna Louise Lucy Luke Lynn Maeve Malcolm Mandeep Manoj Marcus Margaret Maria
    Marion Mark Marlon Martin Mary Mateusz Maureen Megan Mehmet Melissa Michael Michelle Mihai Mina Miriam Mohammed
    Moira Molly Morag Musa Nadia Naomi Natalie Nathan Naveed Neil Nia Niamh Nicola Nigel Nikhil Nina Noor Olga
    Olivia Olu Omar Oscar Owen Pamela Parveen Patricia Patrick Paul Pauline Pavel Peter Philippa Priya Rachel Rafael
    Rahul Rajesh Ramona Rebecca Reggie Rhian Rhys Richard Rita Robert Robyn Rohan Roisin Ronan Rosa Rosemary Ruth
    Ryan Sadia Saeed Sally Salma Samantha Samuel Sandra Sanjay Sarah Sean Selina Shabana Shanice Sharon Shona Sian
    Simon Siobhan Sofia Solomon Sonia Stella Stephen Stuart Sunita Susan Suzanne Tadeusz Tamsin Tanya Tariq Temi
    Teresa Terence Thandi Thomas Tiago Tracey Tunde Uma Ursula Usha Valerie Vera Victor Vikram Vincent Wanda Wei
    Wendy William Winston Xin Yasmin Yewande Yusuf Zainab Zara Zoe Zofia
    """
)

_FRONT: Final = _words(
    """
    Alder Amber Ash Bracken Briar Bright Brook Cale Cinder Clover Corrie Cranna Dapple Darrow Elder Ember Fallow
    Fenna Fern Flax Garran Gorse Grey Harrow Hazel Heather Hollin Ivy Jarra Juniper Kestrel Larch Laven Linden Lorne
    Mallow Marl Meadow Merrin Moss Nettle Oaken Orla Osier Pebble Pine Plover Quarry Quill Raven Reed Rowan Rushen
    Saffron Sedge Silver Sorrel Stone Tansy Teasel Thistle Thorn Umber Vale Velvet Wake Willow Winter Wren Yarrow
    """
)

_BACK: Final = _words(
    """
    acre bank bourne brae brigg carrow cliffe combe crest dale drift fell fold ford garth glade grove hallow haven
    hollow hythe keld knoll lathe ley lock march mere mont more ness over pool quay reach ridge rill rowe scar shaw
    skerry slade spring stead strand sward thwaite vane wath well wether wick wold worthy wynd yarde
    """
)


def name(chance: Random) -> str:
    """Somebody's name."""
    return f"{chance.choice(_FIRST)} {chance.choice(_FRONT)}{chance.choice(_BACK)}"
