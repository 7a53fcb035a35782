"""The customers of other programs and shop systems, in the header and the habits of each; the people are made up."""

import pytest

from customers.importing.reading import examine
from customers.models import Customer
from tests.import_files import left_out, refused, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LIGHTSPEED = """"Id";"Email";"Firstname";"Lastname_preposition";"Lastname";"Gender";"Birthdate";"Phone";"Mobile";\
"Company";\
"Coc_number";"Vat_number";"Streetname";"Number";"Extension";"Zipcode";"City";"Country";"Language";"Newsletter";\
"Created"
"7001";"noor@veld.example";"Noor";"van der";"Meer";"female";"1984-03-31";"030-2314567";"06-12345678";"";"";"";\
"Lindelaan";\
"4";"bis";"3511AB";"Utrecht";"nl";"nl";"1";"2021-02-03 04:05:06"
"""
SHOPIFY = """Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,\
Default Address Address1,\
Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,\
Default Address Zip,\
Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags
'8812345,Noor,van der Meer,noor@veld.example,yes,,Lindelaan 4,,Utrecht,UT,NL,'3511 AB,'+31302314567,'+31612345678,no,\
12.50,\
1,,no,"vip, wholesale"
"""
WOOCOMMERCE = """Name,Username,Last active,Sign up,Email,Orders,Total spend,AOV,Country / Region,City,Region,\
Postal code
Noor van der Meer,noor,2024-05-01,2021-02-03 04:05:06,noor@veld.example,3,89.90,29.97,NL,Utrecht,UT,3511AB
"""
WORDPRESS = """ID,user_login,user_email,user_url,user_registered,display_name,first_name,last_name,roles,\
billing_first_name,\
billing_last_name,billing_company,billing_email,billing_phone,billing_address_1,billing_address_2,billing_postcode,\
billing_city,billing_state,billing_country,shipping_first_name,shipping_last_name,shipping_phone,shipping_address_1,\
shipping_postcode,shipping_city,shipping_country
5,noor,noor@veld.example,,"2021-02-03 04:05:06",Noor,Noor,van der Meer,customer,Noor,van der Meer,,noor@veld.example,\
0302314567,"Lindelaan 4",,"3511 AB",Utrecht,UT,NL,Kim,Kund,0612345678,"Dam 1","1012 AB",Amsterdam,NL
"""
PRESTASHOP = """ID;Active (0/1);Titles ID (Mr = 1, Ms = 2, else 0);Email *;Password *;Birthday (yyyy-mm-dd);\
Last Name *;\
First Name *;Newsletter (0/1);Opt-in (0/1);Registration date (yyyy-mm-dd);Groups (x,y,z...);Default group ID
1;1;2;noor@veld.example;123456789;1984-03-31;van der Meer;Noor;1;0;2021-02-03;Customer,vip;3
"""
PRESTASHOP_LIST = """ID;"Social title";"First name";"Last name";"Email address";Group;Sales;Enabled;Newsletter;\
"Partner offers";\
Registration;"Last visit"
12;Mrs.;Noor;"van der Meer";noor@veld.example;Customer;€12.50;1;1;0;"2021-02-03 04:05:06";--
"""
MAGENTO = """email,_website,_store,confirmation,created_at,created_in,dob,firstname,gender,group_id,lastname,\
middlename,\
password_hash,prefix,store_id,suffix,taxvat,website_id,_address_city,_address_country_id,_address_postcode,\
_address_street,\
_address_telephone
noor@veld.example,base,default,,"2021-02-03 04:05:06","Default Store View","1984-03-31 00:00:00",Noor,Female,1,Meer,\
van der,abc,Mevr.,1,,NL004495445B01,1,Utrecht,NL,3511AB,"Lindelaan 4",0302314567
"""
MAGENTO_2 = """ID,Name,Email,Group,Phone,ZIP,Country,"State/Province","Customer Since","Web Site","Confirmed email",\
"Account Created in","Billing Address","Shipping Address","Date of Birth","Tax VAT Number",Gender,"Street Address",\
City,Fax,\
"VAT Number",Company,"Billing Firstname","Billing Lastname","Account Lock"
7,"Noor van der Meer",noor@veld.example,General,0302314567,3511AB,Netherlands,Utrecht,"Feb 3, 2021 4:05:06 AM",\
"Main Website","Confirmation Not Required","Default Store View","Lindelaan 4 Utrecht Utrecht 3511AB",\
"Lindelaan 4 Utrecht Utrecht 3511AB","Mar 31, 1984",,Female,"Lindelaan 4",Utrecht,,,,Noor,"van der Meer",Unlocked
"""
SHOPWARE = """id;account_type;salutation;customer_number;first_name;last_name;email;active;guest;customer_group;\
language;\
sales_channel;payment_method;billing_id;billing_salutation;billing_title;billing_first_name;billing_last_name;\
billing_street;\
billing_zip_code;billing_city;billing_country;billing_phone_number
01f0;private;mrs;10001;Noor;van der Meer;noor@veld.example;1;0;Standard;Nederlands;Storefront;Vorkasse;02a1;mrs;;Noor;\
van der Meer;Lindelaan 4;3511 AB;Utrecht;NL;030 231 45 67
"""
SHOPWARE_5 = """customernumber;email;encoder;billing_company;billing_salutation;billing_firstname;billing_lastname;\
billing_street;billing_zipcode;billing_city;phone;billing_countryID;ustid;shipping_countryID;newsletter;\
customergroup;language
20001;noor@veld.example;bcrypt;;ms;Noor;van der Meer;Lindelaan 4;3511AB;Utrecht;030-2314567;21;;21;1;EK;2
"""
STRIPE = """id,Email,Name,Description,Created (UTC),Phone,Delinquent,Address Line1,Address Line2,Address City,\
Address State,\
Address Postal Code,Address Country,Total Spend
cus_A,noor@veld.example,Noor van der Meer,,2021-02-03 03:05,+31302314567,false,Lindelaan 4,,Utrecht,UT,3511 AB,NL,12.50
"""
OUTLOOK = """First Name,Middle Name,Last Name,Title,Suffix,E-mail Address,E-mail 2 Address,Home Phone,Business Phone,\
Mobile Phone,Home Street,Home City,Home State,Home Postal Code,Home Country/Region,Business Street,Business City,\
Birthday,\
Gender,Company,Job Title,Notes
Noor,,van der Meer,Mrs.,,noor@veld.example,,030-2314567,,06-12345678,Lindelaan 4,Utrecht,,3511 AB,Netherlands,,,\
0/0/00,\
Unspecified,,,
"""
PHPMYADMIN = """"id","email","first_name","last_name","phone","birth_date","company_name","billing_city",\
"billing_country","newsletter"
"1","noor@veld.example","Noor","van der Meer","0302314567","1984-03-31",NULL,"Utrecht","NL","1"
"2","bo@veld.example",NULL,NULL,NULL,"0000-00-00",\\N,NULL,NULL,"0"
"""
EXCEL = """sep=;\r
E-mailadres;Voornaam;Tussenvoegsel;Achternaam;Geb.datum;Tel.nr.;Straat + huisnummer;Postcode;Woonplaats;Land;\
Nieuwsbrief\r
noor@veld.example;Noor;van der;Meer;31-3-1984;030-2314567;Lindelaan 4;3511AB;Utrecht;Nederland;WAAR\r
;;;;;;;;;;\r
"""
NUMBERS = """E-Mail;Anrede;Vorname;Nachname;Geburtstag;Telefon;Straße und Hausnummer;PLZ;Ort;Land;Newsletter
noor@veld.example;Frau;Noor;van der Meer;31.03.84;+49 30 12345678;Lindenweg 4;1067;Dresden;Deutschland;WAHR
"""
LIBREOFFICE = """Courriel\tPrénom\tNom\tDate de naissance\tTéléphone\tRue\tCode postal\tVille\tPays\t\
Lettre d'information
noor@veld.example\tNoor\tvan der Meer\t31/03/1984\t01 42 68 53 00\t12 rue de la Paix\t1000\tBourg\tFrance\tVRAI
"""
BOX = "Lindelaan 4, 3511 AB Utrecht, Netherlands"
FILES = {
    "Lightspeed eCom": (LIGHTSPEED, "Lindelaan 4 bis, 3511 AB Utrecht, Netherlands"),
    "Shopify": (SHOPIFY, BOX),
    "WooCommerce": (WOOCOMMERCE, "3511 AB Utrecht, Netherlands"),
    "WordPress": (WORDPRESS, BOX),
    "PrestaShop": (PRESTASHOP, "None"),
    "PrestaShop list": (PRESTASHOP_LIST, "None"),
    "Magento": (MAGENTO, BOX),
    "Magento 2": (MAGENTO_2, BOX),
    "Shopware": (SHOPWARE, BOX),
    "Stripe": (STRIPE, BOX),
    "Outlook": (OUTLOOK, BOX),
    "phpMyAdmin": (PHPMYADMIN, "Utrecht, Netherlands"),
    "Excel": (EXCEL, BOX),
    "Numbers": (NUMBERS, "Lindenweg 4, 01067 Dresden, Germany"),
    "LibreOffice": (LIBREOFFICE, "12 rue de la Paix, 01000 Bourg, France"),
}


@pytest.mark.parametrize("system", FILES)
def test_the_customers_of_a_system_are_taken_as_they_come(tmp_path, store, system):
    content, address = FILES[system]
    take_in(tmp_path, content)
    noor = Customer.objects.get(email="noor@veld.example")
    assert (noor.first_name, noor.last_name, str(noor.billing_address)) == ("Noor", "van der Meer", address)
    assert (refused(tmp_path), left_out(tmp_path)) == ([], [])


FACTS = {
    "gender": ("Lightspeed eCom", "PrestaShop", "PrestaShop list", "Magento", "Magento 2", "Shopware", "Outlook",
    "Numbers"),
    "birth_date": ("Lightspeed eCom", "PrestaShop", "Magento", "Magento 2", "phpMyAdmin", "Excel", "Numbers",
    "LibreOffice"),
    "marketing_consent": ("Lightspeed eCom", "Shopify", "PrestaShop", "PrestaShop list", "phpMyAdmin", "Excel",
    "Numbers",
                          "LibreOffice"),
    "phone": ("Lightspeed eCom", "Shopify", "WordPress", "Magento", "Magento 2", "Shopware", "Stripe", "Outlook",
    "Excel"),
    "mobile": ("Lightspeed eCom", "Shopify", "WordPress", "Outlook"),
    "created_at": ("Lightspeed eCom", "WooCommerce", "WordPress", "PrestaShop list", "Magento", "Magento 2"),
}  # fmt: skip
VALUES = {"gender": "female", "birth_date": "1984-03-31", "marketing_consent": "True", "phone": "+31 30 231 4567"}
VALUES |= {"mobile": "+31 6 12345678", "created_at": "2021-02-03 03:05:06+00:00"}


@pytest.mark.parametrize(("name", "system"), [(name, system) for name, systems in FACTS.items() for system in systems])
def test_what_a_system_knows_of_a_customer_arrives(tmp_path, store, name, system):
    take_in(tmp_path, FILES[system][0])
    assert str(getattr(Customer.objects.get(email="noor@veld.example"), name)) == VALUES[name]


KNOWN_BY_NOTHING = {"phpMyAdmin", "Excel", "Numbers", "LibreOffice", "PrestaShop list"}


@pytest.mark.parametrize("system", [name for name in FILES if name not in KNOWN_BY_NOTHING])
def test_a_system_is_known_by_its_header_and_columns_not_used_are_named(tmp_path, store, system):
    path = tmp_path / "customers.csv"
    path.write_text(FILES[system][0])
    source = examine(path)
    assert source.system == system
    assert {title for title, name in zip(source.header, source.fields, strict=True) if not name} == set(source.ignored)


def test_parcels_to_somebody_else_carry_their_name(tmp_path, store):
    take_in(tmp_path, WORDPRESS)
    [shipping] = Customer.objects.get().addresses.filter(kind="shipping")
    assert (shipping.attention, shipping.street, shipping.postcode) == ("Kim Kund", "Dam 1", "1012 AB")


def test_countries_by_a_number_of_the_other_systems_are_not_understood(tmp_path, store):
    take_in(tmp_path, SHOPWARE_5)
    noor = Customer.objects.get()
    assert (noor.billing_address, noor.marketing_consent, noor.gender) == (None, True, "female")
    assert [row[1] for row in left_out(tmp_path)] == ["billing_countryID / language / phone / shipping_countryID"]


def test_who_is_null_in_a_database_has_no_name(tmp_path, store):
    take_in(tmp_path, PHPMYADMIN)
    bo = Customer.objects.get(email="bo@veld.example")
    assert (bo.first_name, bo.last_name, str(bo.phone), bo.birth_date, bo.company_name) == ("", "", "", None, "")


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "utf-16", "utf-16-le", "cp850"])
def test_programs_write_in_encodings_of_their_own(tmp_path, store, encoding):
    take_in(tmp_path, LIBREOFFICE.replace("Noor", "Zoë").encode(encoding))
    assert Customer.objects.get().first_name == "Zoë"
