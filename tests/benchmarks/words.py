"""What people and goods of the benchmark are called, and where people live, in shares as real lists have them."""

from itertools import product

FIRST_NAMES = (
    "Anna Bram Carla Daan Elif Emma Eva Fatima Femke Finn Fleur Floor Gijs Greta Hanna Hugo Ingrid Isa Jan Jasper "
    "Jeroen Johanna Joost Julia Jürgen Karin Kees Klaas Lars Laura Lena Levi Lieke Lotte Louise Lucas Luuk Maria "
    "Marieke Marta Max Milan Mila Mohammed Nadia Nele Niels Noah Noor Oskar Paul Peter Pieter Renée Roos Ruben Sanne "
    "Sara Sem Sofie Stijn Sven Thijs Tess Theo Tim Tobias Ute Vera Wim Wouter Yara Zoë André Chloé François Inès"
)

# Surname and how many in a thousand; what is left of the thousand is made up from parts.
SURNAMES = {
    "Jansen": 18, "Janssen": 13, "Janssens": 4, "Müller": 16, "Muller": 4, "de Jong": 14, "de Vries": 13,
    "van den Berg": 10, "Bakker": 10, "van Dijk": 9, "Visser": 9, "Smit": 8, "Meijer": 8, "Schmidt": 12, "Schneider": 8,
    "Fischer": 8, "Weber": 8, "Peeters": 6, "Maes": 4, "Martin": 5, "Bernard": 4, "Dubois": 4, "Gruber": 4, "Huber": 4,
    "Wójcik": 2, "Yılmaz": 3, "Nguyễn": 2, "Öztürk": 1, "Ångström": 1,
}  # fmt: skip
MADE_UP = ["".join(parts) for parts in product(
    ("van der ", "van ", "", "", "", "ter "),
    ("Berken", "Donker", "Eiken", "Groene", "Haver", "Hogen", "Kersten", "Klaver", "Linden", "Molen", "Noorder",
     "Ooster", "Popel", "Rozen", "Sterken", "Tulpen", "Veld", "Vogel", "Water", "Wester", "Wilgen", "Zand", "Zilver"),
    ("bos", "brink", "burg", "dam", "dijk", "drift", "heuvel", "hof", "horst", "huis", "kamp", "man", "meer", "sloot",
     "stein", "veen", "voort", "weg", "zijl"),
)]  # fmt: skip
RARE_SURNAME = "Quackelbosch"
ABSENT = "xylofoonrek"

TRADES = (
    "Bakkerij Fietsen Bloemen Boekhandel Tuinbouw Installatie Transport Advies Architecten Schilders Garage Hotel "
    "Restaurant Kapsalon Praktijk Drukkerij Meubel Bouw Software Makelaardij Tischlerei Elektro Metzgerei Optik"
)
FORMS = {"NL": "B.V.", "DE": "GmbH", "BE": "BV", "AT": "GmbH", "FR": "SARL"}

# Country: share in a hundred, dialling code, languages, cities.
COUNTRIES = {
    "NL": (
        50,
        "+31",
        ("nl", "nl", "nl", "en"),
        ("Amsterdam", "Utrecht", "Rotterdam", "Groningen", "Tilburg", "Zwolle"),
    ),
    "DE": (26, "+49", ("de", "de", "de", "en"), ("Berlin", "Köln", "München", "Hamburg", "Leipzig", "Düsseldorf")),
    "BE": (12, "+32", ("nl", "nl", "fr", "en"), ("Antwerpen", "Gent", "Brussel", "Leuven", "Brugge")),
    "AT": (7, "+43", ("de", "de", "en"), ("Wien", "Graz", "Linz", "Salzburg")),
    "FR": (5, "+33", ("fr", "fr", "en"), ("Paris", "Lyon", "Lille", "Strasbourg")),
}
MOBILE = {"NL": ("61", 7), "DE": ("1512", 7), "BE": ("47", 7), "AT": ("664", 7), "FR": ("61", 7)}
STREETS = (
    "Oudegracht Kerkstraat Dorpsstraat Stationsweg Lindenlaan Hauptstraße Bahnhofstraße Gartenweg Schulstraße "
    "Meir Veldstraat Nieuwstraat Annenstraße Herrengasse Grand-Rue Molenweg"
)

# Tag: how many in a thousand customers wear it.
TAGS = {"Newsletter": 300, "Regular": 120, "Wholesale": 40, "Press": 8, "VIP": 5, "Complaint": 2, "Friends": 1}

# Goods.
COLOURS = "Amber Blue Brown Cream Green Grey Ivory Ochre Petrol Pink Red Rust Sand Teal White Yellow"
STUFFS = "Bamboo Brass Ceramic Cotton Felt Glass Iron Leather Linen Marble Oak Paper Steel Walnut Wicker Wool"
THINGS = (
    "basket bench bottle bowl box brush candle carafe chair clock cushion dish jug kettle lamp mirror mug pan plate "
    "rack rug shelf spoon stool table teapot tile tray vase wreath"
)
RARE_THING = "xylophone"
