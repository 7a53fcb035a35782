"""What Veld & Vorm sells, and how it is delivered."""

from decimal import Decimal
from functools import cache
from pathlib import Path

from orders.catalogue.pictures import add_pictures
from orders.models import Category, DeliveryMethod, Product, TaxClass
from shopadmin.pictures.encoding import EncodedPicture, encode

CATEGORIES = [
    ("table", "Table", "Tafel", "Tisch"),
    ("kitchen", "Kitchen", "Keuken", "Küche"),
    ("room", "Room", "Kamer", "Raum"),
]

# slug, article number, category, price, VAT, stock; then name, summary and description in English, Dutch, German.
PRODUCTS = [
    ("stacking-mug", "VV-118", "table", "16.50", 21, 84,
     ("Stacking mug", "Stoneware, petrol or chalk",
      "Two mugs take the room of one. Thrown in Makkum, dishwasher safe, 0.25 litre."),
     ("Stapelmok", "Steengoed, petrol of krijt",
      "Twee mokken op de plaats van één. Gedraaid in Makkum, vaatwasserbestendig, 0,25 liter."),
     ("Stapelbecher", "Steinzeug, Petrol oder Kreide",
      "Zwei Becher auf dem Platz von einem. In Makkum gedreht, spülmaschinenfest, 0,25 Liter.")),
    ("carafe", "VV-204", "table", "48.00", 21, 22,
     ("Carafe with cork stopper", "Blown glass, 1 litre",
      "Blown by mouth in Leerdam. The cork closes tightly enough for the door of the refrigerator."),
     ("Karaf met kurken stop", "Geblazen glas, 1 liter",
      "Met de mond geblazen in Leerdam. De kurk sluit goed genoeg voor de deur van de koelkast."),
     ("Karaffe mit Korkstopfen", "Mundgeblasenes Glas, 1 Liter",
      "In Leerdam mundgeblasen. Der Korken schließt dicht genug für die Kühlschranktür.")),
    ("nesting-bowls", "VV-331", "table", "72.50", 21, 17,
     ("Three nesting bowls", "Sage, ochre, chalk",
      "One for the salad, one for the olives, one for the stones. The smallest goes into the middle one, and so on."),
     ("Drie nestelende kommen", "Salie, oker, krijt",
      "Een voor de salade, een voor de olijven, een voor de pitten. Ze passen in elkaar."),
     ("Drei Schalen ineinander", "Salbei, Ocker, Kreide",
      "Eine für den Salat, eine für die Oliven, eine für die Kerne. Sie passen ineinander.")),
    ("plate", "VV-140", "table", "24.00", 21, 60,
     ("Dinner plate", "Stoneware, 27 cm",
      "A wide rim, a soft edge, and a glaze that knives do not mark."),
     ("Dinerbord", "Steengoed, 27 cm",
      "Een brede rand, een zachte kant en een glazuur waarop messen geen strepen zetten."),
     ("Essteller", "Steinzeug, 27 cm",
      "Ein breiter Rand, eine weiche Kante und eine Glasur, auf der Messer keine Spuren lassen.")),
    ("napkins", "VV-512", "table", "36.00", 21, 40,
     ("Linen napkins, set of four", "Washed linen, 45 × 45 cm",
      "Softer after every wash. Hemmed by hand in Tilburg."),
     ("Linnen servetten, set van vier", "Gewassen linnen, 45 × 45 cm",
      "Na elke wasbeurt zachter. Met de hand gezoomd in Tilburg."),
     ("Leinenservietten, vier Stück", "Gewaschenes Leinen, 45 × 45 cm",
      "Nach jeder Wäsche weicher. In Tilburg von Hand gesäumt.")),
    ("candlestick", "VV-620", "table", "39.50", 21, 25,
     ("Candlestick, turned brass", "For candles of 22 mm",
      "Turned from one bar of brass, felt underneath. It darkens with the years; polish it, or leave it."),
     ("Kandelaar, gedraaid messing", "Voor kaarsen van 22 mm",
      "Uit één staaf messing gedraaid, vilt onderop. Het wordt met de jaren donkerder; poetsen mag."),
     ("Kerzenständer, gedrehtes Messing", "Für Kerzen von 22 mm",
      "Aus einem Stab Messing gedreht, unten mit Filz. Es dunkelt mit den Jahren nach.")),
    ("candles", "VV-621", "table", "12.00", 21, 130,
     ("Dinner candles, set of four", "Rapeseed wax, eight hours",
      "Poured in Groningen from rapeseed wax. They burn for eight hours and do not drip."),
     ("Dinerkaarsen, set van vier", "Koolzaadwas, acht uur",
      "Gegoten in Groningen van koolzaadwas. Ze branden acht uur en druipen niet."),
     ("Tafelkerzen, vier Stück", "Rapswachs, acht Stunden",
      "In Groningen aus Rapswachs gegossen. Sie brennen acht Stunden und tropfen nicht.")),
    ("teapot", "VV-410", "kitchen", "94.00", 21, 9,
     ("Teapot with cane handle", "Cast iron, 0.9 litre",
      "Keeps tea hot for an hour. Enamelled inside, with a strainer of steel."),
     ("Theepot met rieten hengsel", "Gietijzer, 0,9 liter",
      "Houdt thee een uur warm. Vanbinnen geëmailleerd, met een zeef van staal."),
     ("Teekanne mit Rohrgriff", "Gusseisen, 0,9 Liter",
      "Hält Tee eine Stunde heiß. Innen emailliert, mit einem Sieb aus Stahl.")),
    ("tea-towel", "VV-505", "kitchen", "18.00", 21, 95,
     ("Tea towel, wide stripe", "Half linen, woven in Tilburg",
      "Dries glass without fluff. Wash it at sixty degrees as often as you like."),
     ("Theedoek, brede streep", "Halflinnen, geweven in Tilburg",
      "Droogt glas zonder pluisjes. Mag zo vaak u wilt op zestig graden."),
     ("Geschirrtuch, breiter Streifen", "Halbleinen, in Tilburg gewebt",
      "Trocknet Glas ohne Fusseln. Waschbar bei sechzig Grad, so oft Sie möchten.")),
    ("board", "VV-720", "kitchen", "42.00", 21, 31,
     ("Serving board", "Beech, oiled, 52 × 18 cm",
      "For bread and cheese, and kind to knives. Oil it twice a year."),
     ("Serveerplank", "Beuken, geolied, 52 × 18 cm",
      "Voor brood en kaas, en goed voor messen. Olie hem tweemaal per jaar."),
     ("Servierbrett", "Buche, geölt, 52 × 18 cm",
      "Für Brot und Käse, und gut zu Messern. Zweimal im Jahr ölen.")),
    ("spoons", "VV-735", "kitchen", "27.50", 21, 44,
     ("Three wooden spoons", "Pear wood, carved by hand",
      "One for stirring, one for tasting, one for the honey. Carved near Leipzig."),
     ("Drie houten lepels", "Perenhout, met de hand gesneden",
      "Een om te roeren, een om te proeven, een voor de honing. Gesneden bij Leipzig."),
     ("Drei Holzlöffel", "Birnbaum, von Hand geschnitzt",
      "Einer zum Rühren, einer zum Kosten, einer für den Honig. Bei Leipzig geschnitzt.")),
    ("book", "VV-901", "kitchen", "34.90", 9, None,
     ("“Tafelen”, the book of the long table", "Hardback, 240 pages, in Dutch",
      "Sixty dishes for eight people and more, and how to keep a table going until midnight."),
     ("“Tafelen”, het boek van de lange tafel", "Gebonden, 240 bladzijden",
      "Zestig gerechten voor acht mensen en meer, en hoe een tafel tot middernacht doorgaat."),
     ("„Tafelen“, das Buch der langen Tafel", "Gebunden, 240 Seiten, auf Niederländisch",
      "Sechzig Gerichte für acht und mehr, und wie eine Tafel bis Mitternacht weitergeht.")),
    ("table-lamp", "VV-810", "room", "189.00", 21, 6,
     ("Table lamp Wad", "Brass and linen",
      "A shade of washed linen, a switch to pull, and a warm light for reading. Bulb included (E27)."),
     ("Tafellamp Wad", "Messing en linnen",
      "Een kap van gewassen linnen, een trekschakelaar en warm licht om bij te lezen. Met lamp (E27)."),
     ("Tischlampe Wad", "Messing und Leinen",
      "Ein Schirm aus gewaschenem Leinen, ein Zugschalter und warmes Licht zum Lesen. Mit Birne (E27).")),
    ("pendant", "VV-815", "room", "229.00", 21, 4,
     ("Pendant lamp Dijk", "Spun aluminium, 40 cm",
      "Hangs low over a long table and blinds nobody. Three metres of textile cable."),
     ("Hanglamp Dijk", "Geforceerd aluminium, 40 cm",
      "Hangt laag boven een lange tafel en verblindt niemand. Drie meter textielsnoer."),
     ("Pendelleuchte Dijk", "Gedrücktes Aluminium, 40 cm",
      "Hängt tief über einem langen Tisch und blendet niemanden. Drei Meter Textilkabel.")),
    ("vase", "VV-640", "room", "64.00", 21, 12,
     ("Vase No. 4", "Thrown by hand, each one differs",
      "A narrow neck, so that three twigs are enough. Watertight without a saucer."),
     ("Vaas nr. 4", "Met de hand gedraaid, elke is anders",
      "Een smalle hals, zodat drie takken genoeg zijn. Waterdicht zonder schotel."),
     ("Vase Nr. 4", "Von Hand gedreht, jede ist anders",
      "Ein schmaler Hals, damit drei Zweige genügen. Wasserdicht ohne Untersetzer.")),
    ("stool", "VV-905", "room", "145.00", 21, 0,
     ("Stool, three rings", "Oiled oak",
      "For sitting, for standing on, and for the pile of books. The next ones leave the workshop in spring."),
     ("Kruk, drie ringen", "Geolied eiken",
      "Om op te zitten, op te staan en voor de stapel boeken. De volgende komen in het voorjaar uit de werkplaats."),
     ("Hocker, drei Ringe", "Geölte Eiche",
      "Zum Sitzen, zum Daraufstehen und für den Bücherstapel. Die nächsten verlassen die Werkstatt im Frühjahr.")),
    ("hook", "VV-920", "room", "14.50", 21, 70,
     ("Coat hook", "Oak and steel",
      "Carries fifteen kilos of wet coats. With screw and plug."),
     ("Kapstokhaak", "Eiken en staal",
      "Draagt vijftien kilo natte jassen. Met schroef en plug."),
     ("Garderobenhaken", "Eiche und Stahl",
      "Trägt fünfzehn Kilo nasse Mäntel. Mit Schraube und Dübel.")),
    ("basket", "VV-930", "room", "58.00", 21, 15,
     ("Basket", "Willow, 42 cm",
      "Woven from Dutch willow. For logs, for toys, for everything that lies about at six o’clock."),
     ("Mand", "Wilgenteen, 42 cm",
      "Gevlochten van Hollandse wilg. Voor blokken hout, voor speelgoed, voor alles wat om zes uur rondslingert."),
     ("Korb", "Weide, 42 cm",
      "Aus holländischer Weide geflochten. Für Holzscheite, Spielzeug und alles, was um sechs herumliegt.")),
    ("clock", "VV-940", "room", "119.00", 21, 8,
     ("Wall clock", "Ash, silent, 30 cm",
      "Ticks for nobody. Runs for two years on one battery."),
     ("Wandklok", "Essen, geluidloos, 30 cm",
      "Tikt voor niemand. Loopt twee jaar op één batterij."),
     ("Wanduhr", "Esche, lautlos, 30 cm",
      "Tickt für niemanden. Läuft zwei Jahre mit einer Batterie.")),
    ("lamp-repair", "VV-990", "room", "45.00", 21, None,
     ("Lamp repair", "New cord, switch and plug",
      "Bring your lamp to the shop. We fit a new cord, switch and plug while you have a coffee, whoever made it."),
     ("Lampreparatie", "Nieuw snoer, nieuwe schakelaar en stekker",
      "Breng je lamp naar de winkel. We vernieuwen snoer, schakelaar en stekker terwijl je koffie drinkt."),
     ("Lampenreparatur", "Neues Kabel, neuer Schalter und Stecker",
      "Bringen Sie Ihre Lampe in den Laden. Wir erneuern Kabel, Schalter und Stecker, während Sie Kaffee trinken.")),
]  # fmt: skip
SERVICES = {"lamp-repair"}

TAX_CLASSES = {21: TaxClass.STANDARD, 9: TaxClass.REDUCED}
PICTURES = Path(__file__).with_name("pictures")
DRAWN_AS = {
    "stacking-mug": "mug", "nesting-bowls": "bowls", "tea-towel": "towel", "table-lamp": "lamp", "lamp-repair": "lamp",
}  # fmt: skip

# (name, delivery time) in English, Dutch and German, price, free from, countries, pick-up
DELIVERY_METHODS = [
    (("PostNL parcel", "1 to 2 working days"), ("PostNL-pakket", "1 tot 2 werkdagen"),
     ("PostNL-Paket", "1 bis 2 Werktage"), "4.95", "75.00", ["NL"], False),
    (("DHL parcel", "2 to 4 working days"), ("DHL-pakket", "2 tot 4 werkdagen"),
     ("DHL-Paket", "2 bis 4 Werktage"), "7.95", None, ["DE", "BE"], False),
    (("Pick up in Utrecht", "Oudegracht 214, Tuesday to Saturday"),
     ("Afhalen in Utrecht", "Oudegracht 214, dinsdag tot en met zaterdag"),
     ("Abholung in Utrecht", "Oudegracht 214, Dienstag bis Samstag"), "0.00", None, [], True),
]  # fmt: skip


def fill_catalogue() -> None:
    """Put the shelves up, the products on them, and the ways of delivery beside."""
    shelves = {slug: _category(position, slug, *names) for position, (slug, *names) in enumerate(CATEGORIES)}
    for slug, sku, shelf, price, rate, stock, *texts in PRODUCTS:
        fields = {"sku": sku, "price": Decimal(price), "tax_class": TAX_CLASSES[rate], "stock": stock}
        fields["is_service"] = slug in SERVICES
        _product(slug, *texts, category=shelves[shelf], **fields)
    for position, (english, dutch, german, price, free_from, countries, is_pickup) in enumerate(DELIVERY_METHODS):
        DeliveryMethod.objects.create(
            name=dutch[0],
            delivery_time=dutch[1],
            translations={"en": _in_words(english), "de": _in_words(german)},
            price=Decimal(price),
            free_from=free_from and Decimal(free_from),
            countries=countries,
            is_pickup=is_pickup,
            position=position,
        )


@cache
def _drawing(name: str) -> EncodedPicture:
    with open(PICTURES / f"{name}.png", "rb") as file:
        return encode(file)


def _in_words(texts: tuple[str, str]) -> dict[str, str]:
    return dict(zip(("name", "delivery_time"), texts, strict=True))


def _category(position: int, slug: str, name: str, dutch: str, german: str) -> Category:
    translations = {"en": name, "de": german}
    return Category.objects.create(slug=slug, name=dutch, translations=translations, position=position)


def _product(slug: str, english: tuple, dutch: tuple, german: tuple, **fields) -> None:
    words = ("name", "summary", "description")
    product = Product.objects.create(
        slug=slug,
        translations={"en": dict(zip(words, english, strict=True)), "de": dict(zip(words, german, strict=True))},
        **dict(zip(words, dutch, strict=True)),
        **fields,
    )
    [picture] = add_pictures(product, [_drawing(DRAWN_AS.get(slug, slug))])
    picture.description, picture.translations = dutch[0], {"en": english[0], "de": german[0]}
    picture.save()
