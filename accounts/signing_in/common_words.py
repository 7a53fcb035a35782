"""What Dutch and German passwords are made of, the likeliest first: zxcvbn knows English alone."""

DUTCH = """
welkom wachtwoord geheim hallo hoi doei liefde liefste lieverd lieve schatje schat ikhouvanjou mijn thuis zomer winter
lente herfst voorjaar najaar januari februari maart april juni juli augustus september oktober november december
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag voetbal ajax feyenoord utrecht amsterdam rotterdam denhaag
eindhoven groningen maastricht haarlem antwerpen brussel gent brugge nederland holland belgie vlaanderen oranje koning
koningin prins prinses familie papa mama opa oma broer zus moeder vader dochter zoon kind kinderen baby vriend
vriendin hond kat poes konijn paard vogel vlinder vis leeuw tijger beer olifant bloem bloemen bloempje zonnebloem zon
zonnetje maan ster sterren regenboog regen sneeuw aarde water vuur fiets auto huis tuin keuken kamer school werk
vakantie muziek dansen zingen lezen sport computer internet telefoon laptop geld bank bedrijf kantoor winkel winkelen
bestellen klant account inloggen toegang onbekend niemand iedereen niks niets alles zomaar test testen proef gebruiker
beheer beheerder sinterklaas kerst kerstmis kerstboom pasen verjaardag feest knuffel knuffelbeer snoep chocolade
koffie thee bier wijn appel appeltaart banaan aardbei kaas brood pannenkoek frikandel friet patat pinda drop
stroopwafel rood blauw groen geel paars roze zwart wit goud zilver klein groot mooi leuk lekker lief sterk snel vrij
vrijheid geluk gelukkig dromen droom engel duivel hemel jezus amen jansen bakker visser smit meijer mulder dekker
vandenberg daan sem lucas emma julia sophie mijnwachtwoord nieuwwachtwoord ikhouvan houvanjou hoihoi hallohallo
goedemorgen goedendag
"""

GERMAN = """
passwort kennwort geheim hallo willkommen servus tschuess liebe liebling schatz schatzi maus mausi ichliebedich mein
meine zuhause sommer winter fruehling herbst januar februar maerz april juni juli august september oktober november
dezember montag dienstag mittwoch donnerstag freitag samstag sonntag fussball bayern muenchen bayernmuenchen borussia
munchen bayernmunchen koln konig gluck dortmund schalke hamburg berlin koeln frankfurt stuttgart leipzig dresden
hannover bremen nuernberg wien salzburg zuerich deutschland oesterreich schweiz europa kaiser koenig prinz prinzessin
familie papa mama opa oma bruder schwester mutter vater tochter sohn kind kinder freund freundin hund katze pferd
vogel schmetterling fisch loewe tiger baer elefant blume blumen sonnenblume sonne sonnenschein mond stern sterne
regenbogen regen schnee erde wasser feuer fahrrad auto haus garten kueche zimmer schule arbeit urlaub musik tanzen
singen lesen sport computer internet telefon handy geld bank firma buero laden einkaufen bestellen kunde konto
anmelden zugang unbekannt niemand jeder nichts alles einfach test testen probe benutzer verwaltung admin weihnachten
ostern geburtstag party kuscheln teddy schokolade kaffee tee bier wein apfel banane erdbeere kaese brot pfannkuchen
kuchen pommes rot blau gruen gelb lila rosa schwarz weiss gold silber klein gross schoen lustig lecker lieb stark
schnell frei freiheit glueck gluecklich traum traeume engel teufel himmel jesus mueller schmidt schneider fischer
weber meyer wagner becker schulz hoffmann lukas leon emma mia hannah sophie michael thomas andreas stefan sabine
meinpasswort neuespasswort liebedich hallohallo gutenmorgen gutentag sommerurlaub qwertz qwertzuiop
"""
