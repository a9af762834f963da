"""What the shop says about trousers, skirts and lengths of cloth: one entry a garment, by its name in the wardrobe."""
HAND_WASH = 'Hand wash separately in cold water, dry in the shade.'
SIZES = ('S', 'M', 'L', 'XL', 'XXL')
WOMEN = dict(waist=([62, 67], [67, 72], [72, 78], [78, 86], [86, 95]),
             hip=([88, 93], [93, 98], [98, 104], [104, 114], [114, 122]))
MEN = dict(waist=([72, 77], [77, 82], [82, 88], [88, 95], [95, 103]),
           hip=([88, 93], [93, 98], [98, 103], [103, 109], [109, 115]))


def product(name, category, subcategory, price, material, hsn, stock, colours, tags, text, points, care, hindi,
            hindi_words):
    """The form of products_upper.product, with a chart of waist and hip."""
    body = MEN if 'men' in tags else WOMEN
    chart = {size: {measure: body[measure][k] for measure in body}
             for k, size in enumerate(SIZES) if stock[k] is not None}
    return dict(name=name, category=category, subcategory=subcategory, price=price, material=material, hsn=hsn,
                stock=stock, colours=colours, tags=tags, text=text, points=points, care=care, hindi=hindi,
                hindi_words=hindi_words, size_chart=chart)


def length(name, category, subcategory, price, material, hsn, stock, *rest, tax_class='textile'):
    """Unstitched cloth: one size, no chart."""
    made = product(name, category, subcategory, price, material, hsn, (stock,) + (None,) * 4, *rest)
    return dict(made, size_chart=None, size_names=('Free Size',), tax_class=tax_class)


PRODUCTS = dict(
    cotton_chinos=product(
        'Safar Cotton Chinos', 'Trousers', 'Chinos', 1699, 'Cotton', '620342', (8, 14, 14, 8, 4),
        dict(sand=('', ['Sand']), navy=('Navy', ['Navy']), olive=('Olive', ['Olive'])),
        ['men', 'chinos', 'office', 'casual', 'travel'],
        'Straight-cut chinos in brushed cotton twill with a pressed crease, for the office and the weekend after it.',
        ['Slant pockets, zip fly, belt loops', 'Sits at the waist, straight leg to the ankle',
         '98 % cotton, 2 % elastane'], 'Machine wash cold, iron inside out.',
        'सूती ट्विल की सीधी काट वाली चिनोज़ पैंट; दफ़्तर, सफ़र और छुट्टी के दिनों के लिए।', ['पैंट', 'सूती पैंट']),
    high_rise_jeans=product(
        'Sabarmati High-Rise Jeans', 'Jeans', 'High-Rise Jeans', 2199, 'Stretch Denim', '620462', (9, 14, 12, 8, 4),
        dict(indigo=('', ['Indigo']), sky=('Sky Wash', ['Blue']), black=('Soft Black', ['Black'])),
        ['women', 'denim', 'jeans', 'college', 'casual', 'straight leg'],
        'High-rise jeans with a slim, straight leg, worn soft at the thighs.',
        ['Five pockets, copper button', 'Comfort stretch that keeps its shape', 'Full length'],
        'Machine wash cold, inside out. Indigo may rub off at first.',
        'ऊँची कमर वाली सीधी जींस, आरामदायक खिंचाव के साथ; कॉलेज और रोज़ के लिए।', ['जींस', 'डेनिम']),
    block_print_palazzo=product(
        'Bagru Block-Print Palazzo', 'Palazzos', 'Printed Palazzos', 1199, 'Cotton', '620462', (8, 12, 12, 8, 5),
        dict(indigo=('', ['Indigo', 'Cream']), madder=('Madder', ['Madder Red', 'Cream']),
             ivory=('Ivory', ['Ivory', 'Madder Red'])),
        ['women', 'palazzo', 'block print', 'bagru', 'office', 'summer'],
        'A wide, swaying palazzo with small flower butis, <strong>hand-block printed</strong> at Bagru.',
        ['Elastic waist with a drawstring and tassels', 'Border of rosettes at the hem', 'Full length, unlined'],
        HAND_WASH + ' Colours may bleed in the first washes.',
        'बगरू की हाथ की छपाई वाला घेरदार सूती पलाज़ो, किनारे पर फूलों की पट्टी; गर्मियों और दफ़्तर के लिए।',
        ['पलाज़ो', 'सूती पलाज़ो']),
    cotton_pyjama=product(
        'Aaram Cotton Pyjama', 'Pyjamas', 'Kurta Pyjamas', 799, 'Handloom Cotton', '620342', (10, 16, 16, 10, 6),
        dict(ivory=('', ['Ivory']), ink=('Ink', ['Navy'])),
        ['men', 'pyjama', 'ethnic', 'festive', 'puja'],
        'The straight pyjama that goes under a kurta, cut roomy at the seat.',
        ['Gathered waist with a drawstring', 'Straight leg, ankle length', 'Slubbed handloom cotton'],
        'Machine wash gentle, iron while damp.',
        'कुर्ते के साथ पहनने का आरामदायक सूती पायजामा, नाड़े वाली कमर; पूजा और त्योहार के लिए।',
        ['पायजामा', 'कुर्ता पायजामा']),
    patiala_salwar=product(
        'Patiala Salwar', 'Salwars', 'Patiala Salwars', 999, 'Cotton', '620462', (7, 12, 12, 8, 4),
        dict(wine=('', ['Wine']), pearl=('Pearl', ['Beige']), peacock=('Peacock', ['Teal'])),
        ['women', 'salwar', 'patiala', 'punjabi', 'festive', 'everyday'],
        'A full salwar that falls in folds from the waist and ends in a stitched cuff.',
        ['Gathered waist with a drawstring and tassels', 'Stiffened ankle cuff with rows of stitching',
         'Soft cotton, cool and easy to move in'], HAND_WASH,
        'कमर से गिरती चुन्नटों वाली पटियाला सलवार, टख़ने पर सिली हुई मोहरी; रोज़ और त्योहार के लिए।',
        ['सलवार', 'पटियाला सलवार']),
    churidar=product(
        'Cotton Churidar', 'Churidars', 'Cotton Churidars', 749, 'Stretch Cotton', '620462', (12, 18, 16, 10, 6),
        dict(ivory=('', ['Ivory']), red=('Sindoori Red', ['Red']), bottle_green=('Bottle Green', ['Green'])),
        ['women', 'churidar', 'ethnic', 'wedding', 'everyday'],
        'Cut long on purpose: the extra cloth gathers in <strong>churis</strong>, rings like bangles, above the ankle.',
        ['Drawstring waist', 'Close at calf and ankle, easy at the seat', 'Cotton with 4 % elastane'],
        'Machine wash cold with like colours.',
        'टख़नों पर चूड़ियों जैसी सिलवटों वाला सूती चूड़ीदार; कुर्ते और अनारकली के साथ।',
        ['चूड़ीदार', 'सूती चूड़ीदार']),
    kalamkari_skirt=product(
        'Kalamkari Border Skirt', 'Skirts', 'Long Skirts', 1499, 'Cotton', '620452', (6, 10, 10, 6, 3),
        dict(rust=('', ['Rust', 'Cream']), indigo=('Indigo', ['Indigo', 'Cream'])),
        ['women', 'skirt', 'kalamkari', 'long skirt', 'brunch', 'navratri'],
        'A long flared skirt with small butis and a hand-wide <strong>kalamkari</strong> border of flowers.',
        ['Gathered waist with a drawstring and tassels', 'Ankle length, cotton voile lining', 'Side pocket'], HAND_WASH,
        'चौड़े कलमकारी बॉर्डर वाली लंबी घेरदार सूती स्कर्ट; नवरात्रि और दोस्तों से मिलने के लिए।',
        ['स्कर्ट', 'कलमकारी']),
    pleated_maxi_skirt=product(
        'Satin Pleated Maxi Skirt', 'Skirts', 'Pleated Skirts', 1799, 'Satin', '620453', (6, 10, 9, 6, None),
        dict(champagne=('', ['Champagne']), emerald=('Emerald', ['Emerald']), plum=('Plum', ['Plum'])),
        ['women', 'skirt', 'pleated', 'maxi', 'party', 'cocktail'],
        'Knife pleats pressed into liquid satin; they open as you walk.',
        ['Flat waistband with hidden elastic', 'Ankle length', 'Lined'], 'Dry clean only, do not wring.',
        'साटन की बारीक प्लीट वाली लंबी स्कर्ट; पार्टी और शाम के लिए।', ['स्कर्ट', 'साटन']),
    brocade_lehenga=dict(product(
        'Banaras Brocade Lehenga', 'Lehengas', 'Wedding Lehengas', 8999, 'Silk Brocade', '620459', (3, 6, 6, 4, 2),
        dict(rani=('', ['Pink', 'Gold']), emerald=('Emerald', ['Emerald', 'Gold']),
             midnight=('Midnight', ['Navy', 'Gold'])),
        ['women', 'lehenga', 'lehenga set', 'brocade', 'zari', 'wedding', 'sangeet', 'festive'],
        'A flared lehenga of many kalis, woven all over with <strong>zari</strong> mangoes.',
        ['Woven brocade border, a hand and a half wide', 'Drawstring waist with zari tassels',
         'Cancan lining', 'Choli and dupatta of the set in the same three colours'],
        'Dry clean only. Keep folded in muslin, away from perfume.',
        'ज़री के आमों से बुना बनारसी ब्रोकेड का घेरदार लहंगा, चौड़े बॉर्डर के साथ; शादी और संगीत के लिए।',
        ['लहंगा', 'बनारसी लहंगा', 'लहंगा सेट']), set='banaras'))

LENGTH_PRODUCTS = dict(
    banarasi_saree=length(
        'Banarasi Zari Saree', 'Sarees', 'Banarasi Sarees', 7499, 'Banarasi Silk', '500720', 9,
        dict(ruby=('', ['Red', 'Gold']), peacock=('Peacock', ['Teal', 'Gold']),
             aubergine=('Aubergine', ['Purple', 'Gold'])),
        ['women', 'saree', 'banarasi', 'zari', 'silk', 'wedding', 'karva chauth'],
        'A <strong>Banarasi</strong> in pure silk with mango butis, flowers along both borders and a full zari pallu.',
        ['5.5 m, and 0.8 m unstitched blouse piece', 'Woven zari border on both sides',
         'Photographed spread out, the pallu below'], 'Dry clean only. Refold along new lines every few months.',
        'शुद्ध रेशम की बनारसी साड़ी: आम की बूटियाँ, दोनों ओर ज़री का बॉर्डर और भरा हुआ पल्लू; शादी और करवा चौथ के लिए।',
        ['साड़ी', 'बनारसी साड़ी', 'रेशमी साड़ी']),
    ikat_saree=length(
        'Sambalpuri Ikat Cotton Saree', 'Sarees', 'Handloom Sarees', 2899, 'Handloom Cotton', '520842', 12,
        dict(indigo=('', ['Cream', 'Indigo']), moss=('Moss', ['Green', 'Madder Red'])),
        ['women', 'saree', 'ikat', 'sambalpuri', 'handloom', 'cotton', 'office'],
        'Handloom cotton between borders of <strong>Sambalpuri ikat</strong>, tied and dyed before weaving.',
        ['5.5 m, with running blouse piece', 'Lozenges along both borders and across the pallu',
         'Softens with every wash'], HAND_WASH + ' Starch lightly.',
        'हथकरघे की सूती साड़ी, संबलपुरी इकत के बॉर्डर और पल्लू के साथ; दफ़्तर और दिन के समारोहों के लिए।',
        ['साड़ी', 'संबलपुरी साड़ी', 'सूती साड़ी']),
    bandhani_saree=length(
        'Bandhani Georgette Saree', 'Sarees', 'Bandhani Sarees', 3499, 'Georgette', '540754', 11,
        dict(magenta=('', ['Magenta', 'Gold']), marigold=('Genda', ['Marigold', 'Red']),
             teal=('Mor', ['Teal', 'Purple'])),
        ['women', 'saree', 'bandhani', 'georgette', 'navratri', 'mehendi'],
        'Rings and roundels of tied dots on flowing georgette: a <strong>bandhani</strong> from Kutch.',
        ['5.5 m, and 0.8 m unstitched blouse piece', 'Gota border on both sides', 'Light: about 400 g'],
        'Dry clean, iron cool from the reverse.',
        'कच्छ की बांधनी: बहती जॉर्जेट पर बँधे बिंदुओं के घेरे, दोनों ओर गोटे का बॉर्डर; नवरात्रि और मेहंदी के लिए।',
        ['साड़ी', 'बांधनी साड़ी']),
    zari_dupatta=dict(length(
        'Banaras Zari Dupatta', 'Dupattas', 'Zari Dupattas', 2999, 'Banarasi Silk', '621410', 10,
        dict(rani=('', ['Pink', 'Gold']), emerald=('Emerald', ['Emerald', 'Gold']),
             midnight=('Midnight', ['Navy', 'Gold'])),
        ['women', 'dupatta', 'lehenga set', 'zari', 'silk', 'wedding', 'sangeet', 'festive'],
        'Silk with scattered <strong>zari</strong> mangoes and the border of the Banaras Brocade Lehenga all round.',
        ['2.5 m x 0.9 m', 'Woven zari border, wider at both ends',
         'Lehenga and choli of the set in the same three colours'], 'Dry clean only. Refold along new lines.',
        'ज़री के आमों और चौड़े बॉर्डर वाला बनारसी रेशमी दुपट्टा, ब्रोकेड लहंगे के साथ का; शादी और संगीत के लिए।',
        ['दुपट्टा', 'बनारसी दुपट्टा', 'लहंगा सेट'], tax_class='apparel'), set='banaras'),
    leheriya_dupatta=length(
        'Leheriya Dupatta', 'Dupattas', 'Leheriya Dupattas', 899, 'Georgette', '621430', 16,
        dict(rose=('', ['Pink']), sea=('Sea', ['Teal'])),
        ['women', 'dupatta', 'leheriya', 'jaipur', 'teej', 'festive'],
        'The waves of monsoon rain: <strong>leheriya</strong> from Jaipur, wrapped and dyed on the diagonal.',
        ['2.5 m x 0.9 m', 'Gota edging all round'], 'Hand wash cold, dry in the shade.',
        'जयपुर का लहरिया दुपट्टा, सावन की लहरों जैसा, किनारे पर गोटा; तीज और त्योहार के लिए।', ['दुपट्टा', 'लहरिया'],
        tax_class='apparel'),
    phulkari_dupatta=length(
        'Phulkari Dupatta', 'Dupattas', 'Phulkari Dupattas', 1599, 'Cotton', '621490', 14,
        dict(maroon=('', ['Maroon', 'Gold']), ivory=('Ivory', ['Ivory', 'Red'])),
        ['women', 'dupatta', 'phulkari', 'punjabi', 'embroidery', 'lohri', 'wedding'],
        'A garden in darning stitch: <strong>phulkari</strong> of floss silk, counted from the reverse.',
        ['2.5 m x 0.9 m', 'Border of large lozenges all round'], 'Dry clean, store flat.',
        'रेशमी धागे की फुलकारी कढ़ाई वाला सूती दुपट्टा; लोहड़ी और शादियों के लिए।', ['दुपट्टा', 'फुलकारी'],
        tax_class='apparel'))
