#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Dewpoint authors
# SPDX-License-Identifier: MIT
"""Writes the rows of the sample shop: rows.sqlite.sql and rows.postgres.sql beside this file.

The same seed gives the same bytes. With --check nothing is written; the exit code is 1 when the
files on disk differ from what would be written. Every person and every order is invented; e-mail
addresses and telephone numbers come from ranges that are reserved for examples and fiction.
"""

import json
import random
import sys
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

SEED = 20260630
USERS, PRODUCTS, CARTS, ORDERS = 600, 240, 320, 900
OPENED = datetime(2025, 3, 10, 7, 0, 0)
NOW = datetime(2026, 6, 30, 17, 45, 0)
ROWS_PER_STATEMENT = 100


class Dice:
    """Everything from Random.random(), the one method whose values Python keeps between versions."""

    def __init__(self, seed):
        self._random = random.Random(seed).random

    def chance(self, probability):
        return self._random() < probability

    def number(self, low, high):
        return low + int(self._random() * (high - low + 1))

    def pick(self, items):
        return items[int(self._random() * len(items))]

    def weighted(self, items):
        """items: pairs of a value and its weight."""
        point = self._random() * sum(weight for _, weight in items)
        for value, weight in items:
            point -= weight
            if point < 0:
                return value
        return items[-1][0]

    def shuffled(self, items):
        items = list(items)
        for i in range(len(items) - 1, 0, -1):
            j = int(self._random() * (i + 1))
            items[i], items[j] = items[j], items[i]
        return items

    def uuid(self):
        digits = [self.number(0, 15) for _ in range(32)]
        digits[12] = 4
        digits[16] = 8 + digits[16] % 4
        text = "".join("%x" % digit for digit in digits)
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))

    def moment(self, low, high):
        """A second between two moments, by day rather than by night."""
        day = low + timedelta(days=self._random() * max((high - low).total_seconds() / 86400, 0))
        hour = self.weighted([(h, 1 if h < 7 else 6 if h < 17 else 10) for h in range(24)])
        moment = day.replace(hour=hour, minute=self.number(0, 59), second=self.number(0, 59), microsecond=0)
        return min(max(moment, low), high)


# People ------------------------------------------------------------------------------------------

# Country: weight, female and male first names, last names, streets ("%d" is the house number),
# cities with their postal codes ("#" is a digit).
COUNTRIES = {
    "DE": (26, "Anna Lena Sophie Katharina Jürgen|Ursula Aylin Miriam Hannelore Zoë",
           "Jonas Felix Jörg Matthias Emre Björn Lukas Günther Karl-Heinz",
           "Müller Schmidt Weiß Großmann Krämer Yılmaz Öztürk Lange Schröder Bäcker Hoffmann von|der|Heide Meyer-Lüdenscheid",
           "Lindenstraße %d;Am Mühlbach %d;Goethestraße %d;Schloßallee %d;Gartenweg %da",
           "Berlin 10###;Hamburg 20###;Köln 50###;München 80###;Leipzig 041##;Görlitz 028##"),
    "FR": (12, "Camille Élodie Anaïs Margaux Inès Françoise", "Benoît Théo Jérôme Loïc Rémi Mathis",
           "Lefèvre Girard Dubois N'Diaye Château Le|Goff D'Artois Benali Moreau Béranger",
           "%d rue des Lilas;%d avenue Jean-Jaurès;%d bis, rue du Moulin;%d quai de l'Île",
           "Paris 750##;Lyon 690##;Nantes 44###;Besançon 25###;Aix-en-Provence 131##"),
    "GB": (12, "Olivia Siobhan Priya Charlotte Grace Aisha", "Oliver Rhys Mohammed Callum Arjun George",
           "Smith O'Connor Patel MacLeod Okafor Jones Featherstonehaugh Khan Hughes St.|John",
           "%d Mill Lane;%d High Street;Flat %d, Rosebery Court;%d Church Walk",
           "London N1 #XX;Leeds LS2 #XX;Cardiff CF10 #XX;Edinburgh EH3 #XX;Bristol BS8 #XX"),
    "IE": (4, "Aoife Niamh Róisín Caoimhe", "Seán Pádraig Oisín Cian",
           "Ó|Súilleabháin Murphy O'Brien Ní|Dhomhnaill Byrne Kelly", "%d Abbey Street;%d Strand Road",
           "Dublin D0# XXXX;Cork T12 XXXX;Galway H91 XXXX"),
    "SE": (5, "Linnéa Åsa Maja Ebba", "Björn Håkan Elias Göran", "Åkesson Lindström Öberg Nyström Johansson Sjögren",
           "Björkvägen %d;Storgatan %d;Norra Hamngatan %d", "Stockholm 11# ##;Göteborg 41# ##;Malmö 21# ##;Umeå 90# ##"),
    "US": (7, "Emily Destiny Guadalupe Hannah Mei", "James Tyrone José Ethan Wei", "Johnson Garcia Nguyen Williams Begay Kowalski Lee",
           "%d Maple Avenue;%d 5th Street NW;%d Old County Road", "Portland, OR 972##;Austin, TX 787##;Madison, WI 537##;Boston, MA 021##"),
    "CA": (3, "Chloé Emma Mackenzie", "Liam Étienne Noah", "Tremblay Singh Gagné Campbell", "%d King Street West;%d rue Sainte-Catherine",
           "Toronto, ON M5V #X#;Montréal, QC H3B #X#;Halifax, NS B3H #X#"),
    "AU": (3, "Matilda Ruby Thuy", "Jack Lachlan Minh", "Taylor Trần Wilson McKenzie", "%d Wattle Street;Unit %d, Harbour Parade",
           "Melbourne 30##;Sydney 20##;Hobart 70##"),
    "NL": (5, "Sanne Fleur Femke Noor", "Daan Sjoerd Bram Youssef", "de|Vries van|'t|Hoff Jansen van|den|Berg El|Amrani Dijkstra",
           "Prinsengracht %d;Kerkstraat %d-II;Dorpsweg %d", "Amsterdam 10## XX;Utrecht 35## XX;'s-Hertogenbosch 52## XX"),
    "AT": (4, "Magdalena Leonie Elfriede", "Sebastian Florian Leopold", "Gruber Huber Pichler Wögerbauer", "Ringstraße %d/3/12;Kirchengasse %d",
           "Wien 10##;Graz 80##;Sankt Pölten 31##"),
    "ES": (5, "Lucía María|José Nuria Begoña", "Íñigo Álvaro Jesús Pablo", "García|Núñez Ibáñez|Peña Muñoz|Ortega Etxeberria|Zubizarreta",
           "Calle Mayor %d, 2º B;Avenida de la Constitución %d;Plaza España %d", "Madrid 280##;A Coruña 150##;Sevilla 410##"),
    "IT": (4, "Giulia Chiara Niccolò|Ada", "Matteo Nicolò Alessandro", "Rossi D'Angelo De|Luca Esposito Dell'Acqua", "Via Garibaldi %d;Piazza della Libertà %d",
           "Roma 001##;Torino 101##;Forlì 471##"),
    "PL": (4, "Małgorzata Zofia Agnieszka", "Łukasz Wojciech Michał", "Wójcik Kowalczyk Śliwa Brzęczyszczykiewicz Dąbrowski",
           "ul. Długa %d m. 4;al. Niepodległości %d", "Łódź 90-###;Kraków 30-###;Gdańsk 80-###"),
    "CZ": (2, "Tereza Kateřina Božena", "Jiří Ondřej Vojtěch", "Dvořák Novotný Růžička Svoboda", "Nádražní %d;Na Příkopě %d", "Praha 110 ##;Brno 602 ##"),
    "JP": (3, "花子 陽菜 さくら", "太郎 健一 蓮", "山田 佐藤 鈴木 高橋", "青葉町%d-12;中央%d丁目3-5", "仙台市 980-####;横浜市 220-####"),
    "GR": (2, "Ελένη Μαρία", "Γιώργος Νίκος", "Παπαδόπουλος Οικονόμου", "Οδός Αθηνάς %d;Λεωφόρος Ποσειδώνος %d", "Αθήνα 105 ##;Θεσσαλονίκη 546 ##"),
}

# Letters that do not decompose into a Latin one, for e-mail addresses.
LATIN = {"ß": "ss", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "ø": "o", "æ": "ae", "ä": "ae", "ö": "oe", "ü": "ue", "Ö": "Oe", "Ü": "Ue",
         "花子": "hanako", "陽菜": "hina", "さくら": "sakura", "太郎": "taro", "健一": "kenichi", "蓮": "ren",
         "山田": "yamada", "佐藤": "sato", "鈴木": "suzuki", "高橋": "takahashi", "Ελένη": "eleni", "Μαρία": "maria",
         "Γιώργος": "giorgos", "Νίκος": "nikos", "Παπαδόπουλος": "papadopoulos", "Οικονόμου": "oikonomou"}

# Ranges that the regulators keep free for films, books and examples.
PHONES = {
    "DE": ["+49 30 23125 ###", "+49 40 66969 ###", "+49 89 99998 ###", "+49 221 4710 ###", "+49 171 39200 ##"],
    "FR": ["+33 1 99 00 ## ##", "+33 2 61 91 ## ##", "+33 6 39 98 ## ##"],
    "GB": ["+44 20 7946 0###", "+44 1632 960###", "+44 7700 900###"],
    "IE": ["+353 20 91# ####"],
    "SE": ["+46 31 390 06 ##", "+46 8 465 004 ##"],
    "US": ["+1 503 555 01##", "+1 512 555 01##", "+1 617 555 01##"],
    "CA": ["+1 416 555 01##", "+1 514 555 01##"],
    "AU": ["+61 3 5550 ####", "+61 2 7010 ####"],
}


def filled(dice, pattern):
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return "".join(str(dice.number(0, 9)) if c == "#" else dice.pick(letters) if c == "X" else c for c in pattern)


def names(text):
    return [name.replace("|", " ") for name in text.split()]


def latin(text):
    for letters, plain in LATIN.items():
        text = text.replace(letters, plain)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(c for c in text.lower() if c.isalnum() or c == "-").strip("-")


def make_users(dice):
    users, emails = [], set()
    countries = [(country, facts[0]) for country, facts in COUNTRIES.items()]
    # One in four came in the first weeks.
    moments = sorted(dice.moment(OPENED, OPENED + timedelta(days=40) if dice.chance(0.25) else NOW - timedelta(days=1)) for _ in range(USERS))
    for index, created in enumerate(moments):
        country = dice.weighted(countries)
        _, female, male, last, streets, cities = COUNTRIES[country]
        woman = dice.chance(0.52)
        first, last = dice.pick(names(female if woman else male)), dice.pick(names(last))
        salutation = dice.weighted([("Ms" if woman else "Mr", 80), ("Dr", 4), ("Mx", 3), (None, 13)])

        local = dice.weighted([(latin(first) + "." + latin(last), 6), (latin(first)[:1] + latin(last), 3),
                               (latin(last) + str(dice.number(50, 99)), 1), (latin(first) + "+shop", 1)])
        email = f"{local}@{dice.weighted([('example.org', 5), ('example.com', 4), ('example.net', 1)])}"
        while email in emails:
            name, host = email.split("@")
            email = f"{name}{dice.number(2, 99)}@{host}"
        emails.add(email)

        born = date(1940, 1, 1) + timedelta(days=dice.number(0, 365 * 67))
        city, code = dice.pick(cities.split(";")).rsplit(" ", 1)
        if country in ("GB", "IE", "SE", "NL", "CA", "CZ", "GR"):  # postal codes with a space
            city, head = city.rsplit(" ", 1)
            code = f"{head} {code}"
        has_address = dice.chance(0.93)
        number = dice.number(1, 180)
        reachable = dice.chance(0.72)
        phones = PHONES.get(country) or (PHONES[dice.pick(["DE", "FR", "GB"])] if dice.chance(0.3) else None)
        updated = dice.moment(created, NOW) if dice.chance(0.4) else created
        users.append({
            "id": dice.uuid(),
            "external_id": f"CRM-{100400 + index * 7 + dice.number(0, 6)}",
            "email": email,
            "salutation": salutation,
            "first_name": first,
            "last_name": last,
            "date_of_birth": born if dice.chance(0.82) else None,
            "address_line1": dice.pick(streets.split(";")) % number if has_address else None,
            "address_line2": dice.weighted([(None, 60), ("", 28), ("c/o " + dice.pick(["Bauer", "Novák", "Adeyemi", "Lund"]), 5),
                                            ("2nd floor, left", 4), ("Gartenhaus 🏡", 1)]) if has_address else None,
            "postal_code": filled(dice, code) if has_address else None,
            "city": city if has_address else None,
            "country": country if has_address else None,
            "created_at": created,
            "updated_at": updated,
            "phone": filled(dice, dice.pick(phones)) if reachable and phones else None,
        })
    return users


# Catalogue ---------------------------------------------------------------------------------------

# Category: things as (name, variants, lowest and highest price in euro).
CATALOGUE = {
    "Coffee & Tea": [
        ("Espresso Monte Alto", "250 g;500 g;1 kg", 7, 26), ("Filter Coffee Sidamo", "250 g;500 g", 8, 17), ("Decaf Huila", "250 g;1 kg", 9, 29),
        ("Assam Second Flush", "100 g;250 g", 6, 15), ("Sencha Kagoshima 鹿児島", "80 g", 12, 18), ("Earl Grey Imperial", "100 g;Tin", 7, 19),
        ("Rooibos Vanilla", "100 g;250 g", 5, 11), ("Crème Brûlée Chai", "100 g", 6, 9), ("Pour-over Dripper V02", "White;Black;Glass", 14, 32),
        ("Paper Filters No. 4", "100 pieces", 3, 5), ("Hand Grinder Kastel", "Steel;Walnut", 59, 129)],
    "Kitchen": [
        ("Cast Iron Pan", "24 cm;28 cm;32 cm", 39, 89), ("Chef's Knife Solin", "16 cm;20 cm", 49, 119), ("Cutting Board Oak", "Small;Large", 22, 48),
        ("Mixing Bowl Nest", "Set of 3;Set of 5", 24, 44), ("Tea Towel Häkel", "Blue;Ochre;Striped", 8, 14), ("Salt Mill Torre", "Beech;Ash", 29, 39),
        ("Storage Jar Lund", "0.5 l;1 l;2 l", 6, 14), ("Rolling Pin", "Maple", 17, 23), ("Kitchen Scale K2", "Silver;Black", 27, 42),
        ("Baking Tin Gugelhupf", "22 cm", 19, 26), ("Measuring Jug ½ l", "Glass", 7, 10)],
    "Stationery": [
        ("Notebook Feldbuch", "A5 lined;A5 dotted;A4 plain", 9, 19), ("Fountain Pen Rive", "F;M;B", 34, 79), ("Ink 30 ml", "Midnight;Bordeaux;Forest", 8, 14),
        ("Pencil Set 2B–6H", "12 pieces", 11, 17), ("Letter Paper Bütten", "50 sheets", 13, 22), ("Desk Pad Felt", "Grey;Anthracite", 25, 39),
        ("Paper Clips Brass", "100 pieces", 4, 6), ("Wall Calendar 2026", "A3;A2", 14, 24), ("Washi Tape 和紙", "Set of 6", 8, 12),
        ("Ruler 30 cm", "Aluminium;Pear wood", 6, 16)],
    "Outdoor": [
        ("Two-person Tent Fjäll", "Green;Sand", 189, 329), ("Sleeping Bag −5 °C", "Regular;Long", 99, 159), ("Camping Stove Piko", "", 44, 59),
        ("Water Bottle", "0.6 l;1 l", 17, 29), ("Head Torch 400 lm", "Red;Black", 24, 39), ("Picnic Blanket", "Tartan;Plain", 29, 45),
        ("Trekking Pole Pair", "Aluminium;Carbon", 49, 139), ("First-aid Kit", "Basic;Family", 15, 34), ("Folding Chair Nomad", "Olive;Navy", 35, 59),
        ("Rain Poncho", "S/M;L/XL", 19, 28)],
    "Home Textiles": [
        ("Wool Throw Arran", "Grey;Rust;Moss", 69, 119), ("Linen Cushion Cover", "40×40;50×50", 19, 34), ("Bed Linen Percale", "135×200;155×220;200×200", 59, 139),
        ("Cotton Rug Nørre", "60×90;140×200", 29, 149), ("Curtain Voile", "White;Écru", 35, 55), ("Table Runner", "Natural;Indigo", 18, 27),
        ("Bathrobe Waffle", "S;M;L;XL", 49, 69), ("Hot-water Bottle Knit", "Red;Grey", 21, 29)],
    "Lighting": [
        ("Desk Lamp Ångström", "Black;White;Brass", 79, 169), ("Pendant Globe", "20 cm;30 cm;40 cm", 59, 149), ("Floor Lamp Tripod", "Oak;Black", 119, 219),
        ("LED Bulb E27 806 lm", "2700 K;4000 K", 5, 9), ("LED Candle E14", "2700 K", 5, 8), ("String Lights 10 m", "Warm white;Colour", 19, 29),
        ("Night Light Mouse", "", 16, 22), ("Dimmer Plug", "", 24, 31), ("Lantern Storm", "Small;Large", 25, 55)],
    "Bath": [
        ("Olive Oil Soap", "Lavender;Unscented;Rosemary", 4, 7), ("Shampoo Bar", "Dry hair;Fine hair", 7, 11), ("Towel Terry", "30×50;50×100;70×140", 8, 32),
        ("Nail Brush Pear Wood", "", 6, 9), ("Toothbrush Beech", "Soft;Medium", 4, 6), ("Soap Dish Slate", "", 12, 16), ("Bath Salt Alpine", "300 g;1 kg", 9, 21),
        ("Shaving Set Classic", "3 pieces", 45, 79), ("Hand Cream Calendula", "50 ml;100 ml", 8, 15)],
    "Garden": [
        ("Secateurs Rosa", "Left;Right", 29, 49), ("Watering Can Zinc", "3 l;8 l", 27, 52), ("Seed Mix Wildflowers", "50 g;500 g", 5, 24), ("Terracotta Pot", "14 cm;20 cm;28 cm", 5, 22),
        ("Bird Feeder", "Oak;Copper roof", 24, 64), ("Garden Twine Jute", "50 m;100 m", 4, 8), ("Trowel Forged", "", 18, 26), ("Compost Caddy", "5 l;9 l", 21, 34),
        ("Gardening Gloves", "7;8;9;10", 11, 17), ("Hose Reel", "15 m;25 m", 49, 99)],
}
SENTENCES = [
    "Made in small batches by a family workshop.", "Packed without plastic.", "Dishwasher-safe.", "Five-year guarantee.", "Our best seller for the third year running.",
    "The maker's own words: \"simple things, done well\".", "Customers say it's the one they'd buy again.", "Best kept dry; avoid direct sunlight.",
    "Colours may differ slightly from the picture.", "Now with 20 % less packaging.", "Gift wrapping available.", "Sold by the piece.",
    "Replaces the earlier model, which is no longer made.", "Each piece is a little different — that is the point.", "Goes well with the rest of the series."]
LONG_DESCRIPTION = (
    "Care: wash by hand in lukewarm water, without soda or scouring powder; dry at once and rub in a few drops of oil.\n\n"
    "Use: heat slowly, never empty and never on the highest setting. Small hair lines in the surface are part of the material "
    "and no reason for a complaint.\n\nPackaging: cardboard, paper tape, no plastic. The box can be returned to any of our shops; "
    "we use it again up to six times.\n\nOrigin: cast in the Sauerland (DE), ground and seasoned in Jönköping (SE). "
    "Guarantee: 25 years against breakage — keep the receipt, or your order number will do.")


def make_products(dice):
    kinds = [(category, name if not variant else f"{name}, {variant}", low, high, step, len(variants.split(";")))
             for category, things in CATALOGUE.items() for name, variants, low, high in things
             for step, variant in enumerate(variants.split(";"))]
    # The rest of the range: the same things as seconds, at a lower price.
    seconds = [(category, f"{name} (B-stock)", low * 0.7, high * 0.7, step, steps)
               for category, name, low, high, step, steps in dice.shuffled(kinds)][:max(PRODUCTS - len(kinds), 0)]
    products, number = [], 10004711
    for index, (category, name, low, high, step, steps) in enumerate((dice.shuffled(kinds) + seconds)[:PRODUCTS]):
        number += dice.number(1, 60)
        share = (step + 0.5) / steps + (dice.number(-15, 15) / 100)
        euros = max(int(low + (high - low) * min(max(share, 0), 1)), 1)
        price = Decimal(euros) + Decimal(dice.weighted([("0.95", 5), ("0.90", 4), ("0.50", 2), ("0.00", 2), ("0.99", 3), ("0.49", 1)]))
        active = dice.chance(0.92)
        created = dice.moment(OPENED - timedelta(days=24), OPENED) if index < 170 else dice.moment(OPENED, NOW - timedelta(days=30))
        description = dice.weighted([(" ".join(dice.shuffled(SENTENCES)[:dice.number(1, 3)]), 84), (None, 9), ("", 5), (LONG_DESCRIPTION, 2)])
        products.append({
            "id": index + 1, "number": f"{number:018d}", "name": name, "description": description, "category": category, "price": price,
            "stock": 0 if not active or dice.chance(0.07) else dice.number(1, 40) * dice.pick([1, 1, 5, 12]), "active": active,
            "created_at": created, "updated_at": dice.moment(created, NOW) if dice.chance(0.7) else created,
            # Not columns: the price before it changed, and how well the product sells.
            "_old_price": int(price * dice.number(85, 97) / 100) + Decimal("0.50") if dice.chance(0.25) else price,
            "_changed": dice.moment(OPENED + timedelta(days=120), NOW - timedelta(days=40)),
            "_pull": dice.pick([1, 1, 2, 3, 5, 8, 13]),
        })
    return products


# Carts and orders --------------------------------------------------------------------------------

NOTES = [
    "Please leave with the neighbour at no. 12.", "Ring twice — the bell is quiet.", "It's a present; no invoice in the parcel, please.",
    "Bitte nicht vor 16 Uhr liefern.", "Livrer à la loge du gardien, code 4B12 ; merci !", "Gift note: \"Happy birthday, Zoë! 🎂\"",
    "Second order today; please send both together.", "お急ぎではありません。", "Delivery to the back door; beware of the dog 🐕.",
    "100 % recycled wrapping if you have it."]
LONG_NOTE = (
    "Dear team,\n\nthree things about this order: first, the lift in our building is out of order until further notice, so the carrier will have "
    "to take the stairs to the fourth floor (sorry!); if that is not possible, the bakery on the ground floor accepts parcels until 18:30, except "
    "on Wednesdays.\n\nSecond, last time one of the jars arrived with a chipped lid. You replaced it at once, which was very kind – but maybe a "
    "little more paper around the glass would help.\n\nThird, could you put the invoice in my company's name? The address is the same; the name is "
    "\"Atelier O'Hara & Søn\".\n\nMany thanks and kind regards")


def price_at(product, moment):
    return product["_old_price"] if moment < product["_changed"] else product["price"]


def basket(dice, products, moment):
    """Distinct products on sale at that moment, each with a quantity."""
    offer = [(p, p["_pull"]) for p in products if p["created_at"] <= moment and (p["active"] or moment < NOW - timedelta(days=90))]
    chosen = {}
    for _ in range(dice.weighted([(1, 36), (2, 28), (3, 17), (4, 10), (6, 6), (9, 3)])):
        product = dice.weighted(offer)
        chosen[product["id"]] = (product, dice.weighted([(1, 68), (2, 19), (3, 7), (4, 3), (6, 2), (12, 1)]))
    return list(chosen.values())


def billing_address(dice, user):
    address = {"name": f"{user['first_name']} {user['last_name']}"}
    if dice.chance(0.06):
        address["company"] = dice.pick(["Atelier O'Hara & Søn", "Blumen Böhm GmbH", "Kestrel Ltd", "Studio \"Nord\"", "Łąka sp. z o.o."])
    address["street"] = user["address_line1"] or "Poste restante"
    if user["address_line2"]:
        address["extra"] = user["address_line2"]
    address["postal_code"] = user["postal_code"]
    address["city"] = user["city"] or "Berlin"
    address["country"] = user["country"] or "DE"
    return address


def make_carts_and_orders(dice, users, products):
    carts, cart_items, orders, order_items = [], [], [], []

    def placed_moment(user):
        return dice.moment(user["created_at"] + timedelta(minutes=4), NOW)

    buyers = dice.shuffled(users)[:int(USERS * 0.7)]
    buyers = [(user, dice.pick([1, 1, 1, 2, 2, 4, 9])) for user in buyers]
    plan = sorted(((placed_moment(user), user) for user in (dice.weighted(buyers) for _ in range(ORDERS))), key=lambda item: item[0])
    gone = [{"number": f"{10003900 + 13 * i:018d}", "name": name, "category": category, "_price": Decimal(price)} for i, (name, category, price) in enumerate(
        [("Enamel Mug Classic", "Kitchen", "9.90"), ("Candle Beeswax, Large", "Lighting", "17.50"), ("Pocket Atlas 2025", "Stationery", "12.00")])]

    # Carts: those still open, those left behind, and those that recent orders came from.
    recent = {len(plan) - 1 - i for i in range(110) if dice.chance(0.7)}
    wanted = [("ordered", index, plan[index][1], plan[index][0] - timedelta(minutes=dice.number(2, 90))) for index in sorted(recent)]
    while len(wanted) < CARTS:
        state = dice.weighted([("open", 45), ("abandoned", 55)])
        moment = dice.moment(NOW - timedelta(days=12), NOW) if state == "open" else dice.moment(OPENED + timedelta(days=40), NOW - timedelta(days=13))
        known = [user for user in users if user["created_at"] < moment]
        wanted.append((state, None, dice.pick(known) if known and dice.chance(0.58) else None, moment))
    wanted.sort(key=lambda item: item[3])
    ordered_carts = {}
    for cart_id, (state, order_index, user, moment) in enumerate(wanted, 1):
        lines = basket(dice, products, moment)
        end = plan[order_index][0] if order_index is not None else min(moment + timedelta(minutes=dice.number(0, 300)), NOW)
        if state == "ordered":
            ordered_carts[order_index] = (cart_id, lines)
        elif dice.chance(0.05):
            lines = []
        user_id = user["id"] if user else None
        carts.append({"id": cart_id, "user_id": user_id, "status": state, "created_at": moment, "updated_at": end})
        for product, quantity in lines:
            cart_items.append({"cart_id": cart_id, "product_id": product["id"], "quantity": quantity, "added_at": dice.moment(moment, end)
                               if (end - moment).days else moment + timedelta(seconds=int((end - moment).total_seconds() * dice.number(0, 100) / 100))})

    for index, (placed, user) in enumerate(plan):
        order_id = index + 1
        cart_id, lines = ordered_carts.get(index, (None, None))
        lines = lines or basket(dice, products, placed)
        age = (NOW - placed).days
        if age > 14:
            status = dice.weighted([("delivered", 88), ("cancelled", 6), ("refunded", 5), ("shipped", 1)])
        elif age > 3:
            status = dice.weighted([("delivered", 45), ("shipped", 38), ("paid", 8), ("pending", 5), ("cancelled", 4)])
        else:
            status = dice.weighted([("paid", 45), ("pending", 38), ("shipped", 14), ("cancelled", 3)])
        method = dice.weighted([("card", 42), ("wallet", 26), ("invoice", 18), ("direct_debit", 9), ("bank_transfer", 5)])
        paid = None
        if status not in ("pending", "cancelled") and not (method == "invoice" and age < 12):
            delay = timedelta(seconds=dice.number(5, 95)) if method in ("card", "wallet") else timedelta(hours=dice.number(20, 200))
            paid = min(placed + delay, NOW)
        total = Decimal(0)
        for position, (product, quantity) in enumerate(lines, 1):
            product_id, price = product["id"], price_at(product, placed)
            if age > 200 and dice.chance(0.03):
                product, product_id = dice.pick(gone), None
                price = product["_price"]
            total += quantity * price
            order_items.append({"id": len(order_items) + 1, "order_id": order_id, "position": position, "product_id": product_id,
                                "product_snapshot": {key: product[key] for key in ("number", "name", "category")}, "quantity": quantity, "unit_price": price})
        orders.append({
            "id": order_id, "number": f"DP-{placed.year}-{order_id:06d}", "user_id": user["id"], "cart_id": cart_id, "status": status, "total": total,
            "currency": "EUR", "billing_address": billing_address(dice, user), "payment_method": method,
            "payment_reference": filled(dice, "PAY-X###-XX####") + f"{order_id % 1000:03d}" if paid or status == "cancelled" and dice.chance(0.4) else None,
            "paid_at": paid, "note": dice.weighted([(None, 74), ("", 12), (dice.pick(NOTES), 13), (LONG_NOTE, 1)]), "placed_at": placed,
            "updated_at": min((paid or placed) + timedelta(hours=dice.number(1, 120)), NOW) if status != "pending" else placed})
    return carts, cart_items, orders, order_items


# SQL ---------------------------------------------------------------------------------------------

def literal(value, zone):
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, Decimal)):
        return str(value)
    if isinstance(value, datetime):
        return f"'{value:%Y-%m-%d %H:%M:%S}{zone}'"
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return "'" + str(value).replace("'", "''") + "'"


def statements(tables, engine):
    zone = "+00" if engine == "postgres" else ""
    yield ("-- SPDX-FileCopyrightText: 2026 The Dewpoint authors\n-- SPDX-License-Identifier: MIT\n"
           "-- The rows of the sample shop, written by make_rows.py: do not edit.\n")
    for table, rows in tables.items():
        columns = [column for column in rows[0] if not column.startswith("_")]
        for start in range(0, len(rows), ROWS_PER_STATEMENT):
            values = ",\n".join("(" + ",".join(literal(row[column], zone) for column in columns) + ")" for row in rows[start:start + ROWS_PER_STATEMENT])
            yield f"\nINSERT INTO {table} ({', '.join(columns)}) VALUES\n{values};\n"
    if engine == "postgres":
        yield "\n-- The next row that names no id gets the one after these.\n"
        for table, rows in tables.items():
            if isinstance(rows[0].get("id"), int):
                yield f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {len(rows)});\n"


def make_tables():
    dice = Dice(SEED)
    users = make_users(dice)
    products = make_products(dice)
    carts, cart_items, orders, order_items = make_carts_and_orders(dice, users, products)
    return {"users": users, "products": products, "carts": carts, "cart_items": cart_items, "orders": orders, "order_items": order_items}


def main(arguments):
    if arguments not in ([], ["--check"]):
        print("usage: make_rows.py [--check]", file=sys.stderr)
        return 2
    tables = make_tables()
    same = True
    for engine in ("sqlite", "postgres"):
        path = Path(__file__).with_name(f"rows.{engine}.sql")
        data = "".join(statements(tables, engine)).encode()
        if arguments:
            same = same and path.exists() and path.read_bytes() == data
        else:
            path.write_bytes(data)
    if not same:
        print("the row files differ from what make_rows.py writes: run it again", file=sys.stderr)
        return 1
    if not arguments:
        print(", ".join(f"{table} {len(rows)}" for table, rows in tables.items()), f"in all {sum(map(len, tables.values()))}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
