"""Names, streets and companies of invented people; none of them is anybody's."""

# By country, then gender.
FIRST_NAMES = {
    "NL": {
        "female": [
            "Sanne", "Femke", "Marijke", "Fenna", "Anouk", "Lieke", "Roos", "Maud", "Eline", "Hanneke", "Wietske",
            "Jikke", "Noor", "Fatima", "Saskia", "Yara", "Margriet", "Tineke", "Joke", "Évelien",
        ],
        "male": [
            "Bram", "Daan", "Jeroen", "Pieter", "Willem", "Joost", "Sjoerd", "Thijs", "Koen", "Ruben", "Maarten",
            "Tjeerd", "Wouter", "Hidde", "Youssef", "Gijs", "Cornelis", "Bas", "Luuk", "Renée-Paul",
        ],
    },
    "DE": {
        "female": [
            "Annegret", "Käthe", "Lena", "Ulrike", "Greta", "Jördis", "Heike", "Franziska", "Sabine", "Çağla",
            "Mia", "Birgit", "Änne", "Katharina", "Theresa", "Ingeborg",
        ],
        "male": [
            "Jürgen", "Karl-Heinz", "Matthias", "Björn", "Jonas", "Sören", "Wolfgang", "Rüdiger", "Felix",
            "Günther", "Łukasz", "Torsten", "Emre", "Götz", "Hans-Jörg", "Lorenz",
        ],
    },
    "BE": {
        "female": [
            "Liesbeth", "Hélène", "Axelle", "Griet", "Amélie", "Veerle",
        ],
        "male": [
            "Wannes", "Loïc", "Pieter-Jan", "François", "Dries", "Stijn",
        ],
    },
}  # fmt: skip

LAST_NAMES = {
    "NL": [
        "de Vries", "Jansen", "van den Berg", "Bakker", "van Dijk", "Visser", "Smit", "Meijer", "de Boer", "Mulder",
        "de Groot", "Bos", "Vos", "Peters", "Hendriks", "van Leeuwen", "Dekker", "Brouwer", "de Wit", "Dijkstra",
        "Smits", "de Graaf", "van der Meer", "van der Linden", "Kok", "Jacobs", "de Haan", "Vermeulen",
        "van den Heuvel", "van der Veen", "van den Broek", "de Bruijn", "Schouten", "van Beek", "Willems",
        "Hoekstra", "Koster", "Prins", "Huisman", "Postma", "’t Hart", "in ’t Veld", "op den Akker", "ter Horst",
        "van ’t Hof", "Yılmaz", "El Amrani", "Wiersma", "Núñez", "van der Heijden-Oude Kempers",
    ],
    "DE": [
        "Müller", "Schmidt", "Schneider", "Fischer", "Weber", "Meyer", "Wagner", "Becker", "Schulz", "Hoffmann",
        "Schäfer", "Koch", "Bauer", "Richter", "Klein", "Wolf", "Schröder", "Neumann", "Schwarz", "Zimmermann",
        "Krüger", "Hartmann", "Lange", "Schößler", "Groß", "Weiß", "Böhm", "Jäger", "Vögele", "Köhler", "König",
        "Strauß", "von der Heide", "Müller-Lüdenscheidt", "Wójcik", "Aydın", "zu Löwenstein", "Büßer",
    ],
    "BE": [
        "Peeters", "Janssens", "Maes", "De Smet", "Vandenbroucke", "Lefèvre", "D’hondt", "Dubois", "Van de Velde",
        "Claes",
    ],
}  # fmt: skip

# Postcode (its letters are drawn), city, and the dialling code with the digits that follow it.
PLACES = {
    "NL": [
        ("3511", "Utrecht", "30", 7), ("3582", "Utrecht", "30", 7), ("1013", "Amsterdam", "20", 7),
        ("1093", "Amsterdam", "20", 7), ("3012", "Rotterdam", "10", 7), ("3039", "Rotterdam", "10", 7),
        ("2513", "Den Haag", "70", 7), ("9711", "Groningen", "50", 7), ("8911", "Leeuwarden", "58", 7),
        ("5611", "Eindhoven", "40", 7), ("6811", "Arnhem", "26", 7), ("3811", "Amersfoort", "33", 7),
        ("5038", "Tilburg", "13", 7), ("2311", "Leiden", "71", 7), ("6211", "Maastricht", "43", 7),
        ("8011", "Zwolle", "38", 7), ("4331", "Middelburg", "118", 6), ("2011", "Haarlem", "23", 7),
    ],
    "DE": [
        ("20095", "Hamburg", "40", 8), ("10115", "Berlin", "30", 8), ("12047", "Berlin", "30", 8),
        ("50667", "Köln", "221", 7), ("80331", "München", "89", 8), ("04109", "Leipzig", "341", 7),
        ("48143", "Münster", "251", 7), ("28195", "Bremen", "421", 7), ("53902", "Bad Münstereifel", "2253", 6),
        ("73728", "Esslingen", "711", 7), ("01067", "Dresden", "351", 7), ("47533", "Kleve", "2821", 6),
    ],
    "BE": [
        ("9000", "Gent", "92", 6), ("2000", "Antwerpen", "3", 7), ("1000", "Brussel", "2", 7),
        ("3000", "Leuven", "16", 6), ("8000", "Brugge", "50", 6), ("4000", "Liège", "42", 6),
    ],
}  # fmt: skip

STREETS = {
    "NL": [
        "Oudegracht", "Nieuwegracht", "Kerkstraat", "Dorpsstraat", "Molenweg", "Stationsweg", "Julianalaan",
        "Prinsengracht", "Westerkade", "Lange Nieuwstraat", "Zuidersingel", "Wilhelminapark", "Biltstraat",
        "Burgemeester Van der Houten-de Bruinstraat", "’s-Gravenweg",
    ],
    "DE": [
        "Hauptstraße", "Bahnhofstraße", "Gartenweg", "Lindenallee", "Am Mühlbach", "Schillerstraße",
        "Große Bleichen", "Kirchgasse", "Straße des 17. Juni", "Jägerzeile", "Rosenthaler Platz", "An der Alster",
    ],
    "BE": [
        "Kouter", "Meir", "Rue Neuve", "Naamsestraat", "Langestraat", "Rue de l’Étuve",
    ],
}  # fmt: skip

# Name, country; each is one business customer.
COMPANIES = [
    ("Studio De Boer", "NL"), ("Kantoor aan Zee B.V.", "NL"), ("Restaurant De Lange Tafel", "NL"),
    ("Bakkerij ’t Stoepje V.O.F.", "NL"), ("Hotel Het Wapen van Zeeland B.V.", "NL"),
    ("Architectenbureau Van Leeuwen & Zonen B.V.", "NL"), ("Koffie & Co.", "NL"), ("Stichting Huis van de Buurt", "NL"),
    ("Praktijk voor Fysiotherapie Wilhelminapark", "NL"), ("Ruimte voor Vorm B.V.", "NL"),
    ("B&B De Oude Pastorie", "NL"), ("Winkel van Sinkel Interieurs B.V.", "NL"), ("Theehuis Rhijnauwen", "NL"),
    ("Notariskantoor Dijkstra N.V.", "NL"), ("Boekhandel De Zwaan", "NL"), ("Zorggroep Oost B.V.", "NL"),
    ("Wohnkontor Müller & Söhne GmbH", "DE"), ("Café Größenwahn GmbH & Co. KG", "DE"), ("Tischlerei Böhm e. K.", "DE"),
    ("Gasthaus Zum Weißen Roß", "DE"), ("Praxis Dr. Schäfer & Kollegen", "DE"),
    ("Gemeinnützige Stiftung Schloss und Gut Hohenstein-Wittgenbach für Kunst und Handwerk gGmbH", "DE"),
    ("Agentur für Schöneres GmbH", "DE"), ("Buchhandlung König & Töchter", "DE"), ("Hofladen Krüger GbR", "DE"),
    ("Ateliers de l’Étuve SRL", "BE"), ("Vandenbroucke & Maes BV", "BE"), ("Brasserie Le Petit Zinc", "BE"),
]  # fmt: skip

# Those of them who signed up lately and wait to be let in.
WAITING = {"Kantoor aan Zee B.V.", "Wohnkontor Müller & Söhne GmbH", "Vandenbroucke & Maes BV"}

MAILBOXES = {
    "NL": ["post.example", "postvak.example", "mail.example"],
    "DE": ["briefkasten.example", "post.example", "brief.example"],
    "BE": ["postbus.example", "courrier.example"],
}

CANCELLED_WHY = {
    "nl": ["Niet binnen tien dagen betaald.", "Dubbel besteld.", "Telefonisch geannuleerd."],
    "de": ["Nicht innerhalb von zehn Tagen bezahlt.", "Doppelt bestellt.", "Telefonisch storniert."],
    "en": ["Not paid within ten days.", "Ordered twice.", "On request by phone."],
}
ORDER_NOTES = {
    "nl": [
        "Graag bij de buren op 14 afgeven als ik er niet ben.",
        "Het is een cadeau: geen factuur in de doos, alstublieft.",
        "De bel doet het niet, even kloppen.",
    ],
    "de": [
        "Bitte nicht beim Nachbarn abgeben, das Porzellan ist ein Geschenk.",
        "Klingel defekt, bitte anrufen.",
        "Lieferung gern am Nachmittag.",
    ],
}
NOTES = [
    "Belt liever dan dat ze mailt. Altijd na vier uur.",
    "Restaurant: wants the plates from one firing, so that the glaze is the same.",
    "Bestellt jedes Jahr im November Kundengeschenke; rechtzeitig anrufen.",
    "Vase arrived broken twice (2025). Pack in two boxes.",
    "Factuur altijd met inkoopnummer.",
]
