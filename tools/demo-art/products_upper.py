"""What the shop says about the upper garments: one entry a garment, by its name in wardrobe.py."""
HAND_WASH = 'Hand wash separately in cold water, dry in the shade.'
DRY_CLEAN = 'Dry clean only. Keep wrapped in muslin.'
MACHINE_COLD = 'Machine wash cold with like colours, dry inside out.'
IRON_DAMP = 'Machine wash gentle, iron while damp.'


def product(name, category, subcategory, price, material, hsn, stock, colours, tags, text, points, care, hindi,
            hindi_words):
    """colours: for each colour of the wardrobe its label, what it adds to the name ('' for the first) and the colours
    a shopper filters by. tags carry who it is for and the occasions."""
    return dict(name=name, category=category, subcategory=subcategory, price=price, material=material, hsn=hsn,
                stock=stock, colours=colours, tags=tags, text=text, points=points, care=care, hindi=hindi,
                hindi_words=hindi_words)


PRODUCTS = dict(
    indigo_block_kurta=product(
        'Bagru Block-Print Kurta', 'Kurtas', 'Straight Kurtas', 1899, 'Cotton', '621142', (8, 14, 12, 6, 3),
        dict(indigo=('', ['Indigo', 'Cream']), madder=('Madder', ['Madder Red', 'Cream']),
             moss=('Moss', ['Moss Green', 'Cream'])),
        ['women', 'block print', 'bagru', 'three-quarter sleeve', 'office', 'everyday'],
        'A knee-length cotton kurta, <strong>hand-block printed</strong> with small flower butis in Bagru style.',
        ['Round neck with a notch and a piped placket', 'Three-quarter sleeves, printed border at cuffs and hem',
         'Straight cut with side slits'], HAND_WASH + ' Natural indigo may bleed in the first washes.',
        'बगरू की हाथ की छपाई वाला सूती कुर्ता: घुटनों तक लंबा, सीधी काट, किनारों पर छपी पट्टी। दफ़्तर और रोज़ के लिए।',
        ['छपाई वाला कुर्ता', 'सूती कुर्ता', 'ब्लॉक प्रिंट']),
    chikankari_kurti=product(
        'Lucknowi Chikankari Kurti', 'Kurtis', 'A-Line Kurtis', 1499, 'Cotton', '621142', (6, 10, 10, 8, 4),
        dict(mint=('', ['Mint', 'White']), rose=('Rose', ['Rose', 'White']), lilac=('Lilac', ['Lilac', 'White'])),
        ['women', 'chikankari', 'embroidery', 'summer', 'v-neck', 'short sleeve', 'brunch'],
        'A breezy V-neck kurti in fine cotton with white <strong>chikankari</strong> sprigs, the shadow work of Lucknow.',
        ['A-line, ends above the knee', 'Short sleeves', 'Embroidered border at hem and cuffs'], HAND_WASH,
        'लखनऊ की चिकनकारी वाली हल्की सूती कुर्ती, वी-गला, छोटी बाँहें; गर्मियों की दोपहर के लिए।', ['चिकनकारी', 'सूती कुर्ती']),
    ajrakh_kurti=product(
        'Kutch Ajrakh Kurti', 'Kurtis', 'Printed Kurtis', 1699, 'Cotton', '621142', (5, 9, 9, 5, 2),
        dict(madder=('', ['Madder Red', 'Indigo']), indigo=('Indigo', ['Indigo', 'Madder Red'])),
        ['women', 'ajrakh', 'block print', 'square neck', 'natural dye', 'office'],
        'Rosettes in madder and indigo, printed with carved blocks as in <strong>Ajrakhpur, Kutch</strong>.',
        ['Square neck with a narrow border', 'Three-quarter sleeves with a border of stars',
         'Falls straight to just above the knee'], HAND_WASH + ' Natural dyes soften with age.',
        'कच्छ के अजरखपुर की अजरख छपाई: मजीठ और नील के रंग, चौकोर गला, तीन-चौथाई बाँहें।', ['अजरख', 'कुर्ती']),
    leheriya_kurti=product(
        'Savan Leheriya Kurti', 'Kurtis', 'Long Kurtis', 1799, 'Georgette', '621143', (5, 9, 9, 6, 3),
        dict(pink=('', ['Pink', 'Cream']), green=('Green', ['Green', 'Cream']), saffron=('Saffron', ['Saffron', 'Cream'])),
        ['women', 'leheriya', 'tie-dye', 'teej', 'festive', 'three-quarter sleeve', 'long'],
        'Waves of rain for the month of Savan: a flowing georgette kurti tied and dyed in <strong>leheriya</strong>, as in '
        'Jaipur.', ['Round neck', 'Three-quarter sleeves', 'Flared, below the knee, gold piping at every edge'],
        HAND_WASH, 'सावन और तीज के लिए जयपुर का लहरिया: लहराती जॉर्जेट कुर्ती, गोटे की पतली किनारी।', ['लहरिया', 'तीज', 'कुर्ती']),
    ikat_dress=product(
        'Pochampally Ikat Dress', 'Dresses', 'Fit-and-Flare Dresses', 2499, 'Handloom Cotton', '620442', (4, 7, 6, 4, None),
        dict(teal=('', ['Teal', 'Rust', 'Cream']), crimson=('Crimson', ['Crimson', 'Charcoal', 'Cream'])),
        ['women', 'ikat', 'handloom', 'sleeveless', 'fit and flare', 'brunch'],
        'A sleeveless fit-and-flare dress woven in <strong>Pochampally ikat</strong>: the yarn is tied and dyed before '
        'weaving, so every lozenge has its feathered edge.',
        ['Scoop neck, bound armholes', 'Flared skirt to the knee', 'Plain bands at neck, armholes and hem'], HAND_WASH,
        'पोचमपल्ली इकत की हथकरघा सूती ड्रेस: बिना बाँह, घेरदार, हर बूटा बुनाई से पहले बाँधकर रंगा हुआ।', ['इकत', 'ड्रेस', 'हथकरघा']),
    bandhani_dress=product(
        'Bhuj Bandhani Dress', 'Dresses', 'Festive Dresses', 3299, 'Silk Blend', '620449', (3, 6, 6, 4, 2),
        dict(magenta=('', ['Magenta', 'Gold']), peacock=('Peacock', ['Peacock Blue', 'Gold'])),
        ['women', 'bandhani', 'festive', 'zari', 'short sleeve', 'navratri', 'mehendi'],
        'Thousands of tied dots on a silk blend: a <strong>bandhani</strong> dress for mehendi mornings and Navratri nights.',
        ['Round neck and short sleeves edged with zari', 'Fitted bodice, full skirt', 'Gold zari border at the hem'],
        DRY_CLEAN, 'मेहंदी की सुबह और नवरात्रि की रात के लिए बांधनी ड्रेस: हज़ारों बंधेज, ज़री की किनारी।', ['बांधनी', 'बंधेज']),
    garden_shirt_dress=product(
        'Dopahar Linen Shirt Dress', 'Dresses', 'Shirt Dresses', 2299, 'Linen', '620449', (6, 10, 10, 6, 3),
        dict(sky=('', ['Sky Blue']), terracotta=('Terracotta', ['Terracotta'])),
        ['women', 'linen', 'shirt dress', 'elbow sleeve', 'office', 'summer', 'travel'],
        'A button-through shirt dress in washed linen for long, warm afternoons.',
        ['Classic collar, buttons to the hem', 'Elbow sleeves with turned cuffs', 'Shaped waist, flared skirt'], IRON_DAMP,
        'धुले लिनन की शर्ट ड्रेस: कॉलर, सामने बटन, कोहनी तक बाँहें; लंबी दोपहरों के लिए।', ['लिनन', 'ड्रेस']),
    phulwari_anarkali=product(
        'Phulwari Anarkali', 'Dresses', 'Anarkali', 3999, 'Chanderi', '620449', (3, 6, 6, 4, 2),
        dict(ivory=('', ['Ivory', 'Red']), rani=('Rani Pink', ['Rani Pink', 'Yellow']), indigo=('Indigo', ['Indigo', 'Rust'])),
        ['women', 'anarkali', 'floral', 'festive', 'wedding guest', 'full length', 'sanganeri print'],
        'A floor-sweeping anarkali in light Chanderi, printed with a trellis of Sanganer flowers.',
        ['Fitted bodice, skirt of many kalis', 'Three-quarter sleeves', 'Deep printed border of lotuses'], DRY_CLEAN,
        'फुलवारी अनारकली: चंदेरी पर सांगानेर के फूलों की जाली, कई कलियों का घेर, कमल की किनारी। शादी और त्योहार के लिए।',
        ['अनारकली', 'चंदेरी', 'सांगानेरी']),
    kalamkari_top=product(
        'Kalamkari Garden Top', 'Tops', 'Boat-Neck Tops', 1199, 'Cotton', '620630', (9, 12, 12, 7, 4),
        dict(beige=('', ['Beige', 'Madder Red']), black=('Black', ['Black', 'Madder Red'])),
        ['women', 'kalamkari', 'boat neck', 'elbow sleeve', 'casual', 'office'],
        'Lotuses and leaves after the <strong>kalamkari</strong> cloth of Machilipatnam.',
        ['Wide boat neck', 'Elbow sleeves', 'Hip length, plain bands at the edges'], HAND_WASH,
        'मछलीपट्टनम की कलमकारी के कमल और पत्ते, चौड़ा बोट गला, कोहनी तक बाँहें।', ['कलमकारी', 'टॉप']),
    handloom_check_top=product(
        'Handloom Check Sleeveless Top', 'Tops', 'Sleeveless Tops', 899, 'Handloom Cotton', '620630', (10, 15, 12, 8, None),
        dict(olive=('', ['Olive', 'Beige']), rust=('Rust', ['Rust', 'Beige'])),
        ['women', 'handloom', 'checks', 'sleeveless', 'v-neck', 'summer', 'everyday'],
        'A cool V-neck top in <strong>handloom checks</strong>, made for long afternoons.',
        ['Sleeveless with bound armholes', 'Slightly flared, hip length'], MACHINE_COLD,
        'हथकरघे की चौखाने वाली बिना बाँह की टॉप, वी-गला; गर्मियों के लिए।', ['हथकरघा', 'चेक', 'टॉप']),
    zari_shell_top=product(
        'Zari Buti Shell Top', 'Tops', 'Festive Tops', 1399, 'Silk Blend', '620610', (5, 8, 8, 5, 3),
        dict(purple=('', ['Purple', 'Gold']), bottle=('Bottle Green', ['Bottle Green', 'Gold']), wine=('Wine', ['Wine', 'Gold'])),
        ['women', 'zari', 'festive', 'sleeveless', 'party', 'diwali'],
        'A sleeveless shell top with woven <strong>zari</strong> dots; wear it with a lehenga skirt or with jeans.',
        ['Round neck edged in gold', 'Semi-fitted, hip length', 'Zari lozenges along the hem'], DRY_CLEAN,
        'ज़री की बूटियों वाली रेशमी टॉप: बिना बाँह, सुनहरी किनारी; लहंगे या जींस के साथ।', ['ज़री', 'टॉप']),
    banarasi_blouse=product(
        'Banarasi Brocade Blouse', 'Blouses', 'Saree Blouses', 1599, 'Banarasi Silk', '620610', (6, 9, 9, 6, 3),
        dict(maroon=('', ['Maroon', 'Gold']), emerald=('Emerald', ['Emerald', 'Gold']), gold=('Gold', ['Gold', 'Maroon'])),
        ['women', 'blouse', 'choli', 'brocade', 'zari', 'wedding', 'festive', 'banarasi'],
        'A ready-to-wear blouse in <strong>Banarasi brocade</strong>, paisleys woven in zari; it goes with a plain silk saree '
        'or a lehenga.', ['Deep round neck with a zari edge', 'Short sleeves, ends below the bust',
                          'Hooks at the back, cotton lining'], DRY_CLEAN,
        'बनारसी ब्रोकेड का सिला-सिलाया ब्लाउज़: ज़री के केरी बूटे, गोल गला; साड़ी और लहंगे के साथ।', ['ब्लाउज़', 'चोली', 'बनारसी']),
    brocade_choli=dict(product(
        'Banaras Brocade Choli', 'Blouses', 'Cholis', 2499, 'Silk Brocade', '620610', (3, 6, 6, 4, 2),
        dict(rani=('', ['Pink', 'Gold']), emerald=('Emerald', ['Emerald', 'Gold']),
             midnight=('Midnight', ['Navy', 'Gold'])),
        ['women', 'choli', 'blouse', 'lehenga set', 'brocade', 'zari', 'wedding', 'sangeet', 'festive'],
        'The choli of the Banaras Brocade Lehenga: the same <strong>zari</strong> mangoes, woven small, the same border.',
        ['Scooped neck with a zari edge', 'Sleeves to the elbow with a woven border', 'Hooks at the back, cotton lining',
         'Lehenga and dupatta of the set in the same three colours'], DRY_CLEAN,
        'बनारसी ब्रोकेड लहंगे की चोली: वही ज़री के आम, वही बॉर्डर; शादी और संगीत के लिए।', ['चोली', 'ब्लाउज़', 'लहंगा सेट']),
        set='banaras'),
    navy_stripe_t_shirt=product(
        'Konkan Stripe Tee', 'T-Shirts', 'Striped T-Shirts', 699, 'Cotton Jersey', '610910', (14, 20, 18, 10, 6),
        dict(navy=('', ['Navy', 'White']), red=('Red on White', ['White', 'Red'])),
        ['women', 'stripes', 'everyday', 'round neck', 'short sleeve'],
        'Everyday tee in soft combed cotton with even stripes.', ['Ribbed round neck', 'Regular fit, 180 gsm'],
        'Machine wash cold, inside out.', 'मुलायम सूती धारीदार टी-शर्ट, गोल गला; रोज़ के लिए।', ['टी-शर्ट', 'धारीदार']),
    marigold_t_shirt=product(
        'Roz V-Neck Tee', 'T-Shirts', 'Plain T-Shirts', 599, 'Cotton Jersey', '610910', (12, 18, 18, 12, 6),
        dict(marigold=('', ['Marigold']), teal=('Teal', ['Teal']), blush=('Blush', ['Blush Pink'])),
        ['women', 'plain', 'everyday', 'v-neck'],
        'A plain V-neck tee in soft combed cotton; the marigold one is ready for a haldi morning.',
        ['V-neck with a ribbed edge', 'Regular fit, 180 gsm'], 'Machine wash cold, inside out.',
        'सादी सूती टी-शर्ट, वी-गला; गेंदे का पीला रंग हल्दी की रस्म के लिए।', ['टी-शर्ट', 'सादी टी-शर्ट']),
    denim_jacket=product(
        'Nagpur Denim Jacket', 'Jackets', 'Denim Jackets', 2799, 'Denim', '620432', (4, 8, 8, 5, 2),
        dict(indigo=('', ['Indigo']), black=('Washed Black', ['Black'])),
        ['women', 'denim', 'jacket', 'full sleeve', 'winter', 'travel'],
        'A trucker jacket in 12 oz denim that throws on over a kurta as well as over a tee.',
        ['Classic collar, metal buttons', 'Two chest pockets, topstitched seams', 'Ends at the high hip'],
        'Machine wash cold, inside out, seldom.', 'मोटे डेनिम की जैकेट: कॉलर, धातु के बटन, दो जेबें; कुर्ते या टी-शर्ट के ऊपर।',
        ['जैकेट', 'डेनिम']),
    mustard_silk_kurta=product(
        'Utsav Silk Kurta', 'Kurtas', "Men's Festive Kurtas", 2799, 'Art Silk', '621139', (4, 8, 8, 5, 2),
        dict(mustard=('', ['Mustard', 'Maroon']), ivory=('Ivory', ['Ivory', 'Gold']), wine=('Wine', ['Wine', 'Gold'])),
        ['men', 'festive', 'silk', 'band collar', 'wedding', 'puja'],
        'A kurta in art silk with a tone-on-tone weave, for pujas and wedding evenings.',
        ['Band collar and placket with gold piping', 'Full sleeves with contrast cuffs', 'Knee length, side slits'],
        DRY_CLEAN, 'पूजा और शादी की शाम के लिए रेशमी कुर्ता: बंद गला, सुनहरी पाइपिंग, पूरी बाँहें।', ['कुर्ता', 'रेशमी कुर्ता']),
    chikan_men_kurta=product(
        'Nawabi Chikan Kurta', 'Kurtas', "Men's Kurtas", 2199, 'Cotton', '621132', (6, 10, 12, 8, 4),
        dict(white=('', ['White']), sky=('Sky Blue', ['Sky Blue', 'White'])),
        ['men', 'chikankari', 'embroidery', 'band collar', 'summer', 'eid', 'festive'],
        'Fine cotton from Lucknow, embroidered tone on tone with <strong>chikankari</strong> sprigs.',
        ['Band collar, embroidered placket', 'Full sleeves', 'Knee length, side slits'], HAND_WASH,
        'लखनवी चिकन का सूती कुर्ता: बंद गला, पूरी बाँहें; ईद और गर्मियों की दावतों के लिए।', ['कुर्ता', 'चिकनकारी', 'ईद']),
    khadi_short_kurta=product(
        'Khadi Short Kurta', 'Kurtas', "Men's Short Kurtas", 1299, 'Khadi Cotton', '621132', (8, 12, 12, 8, 4),
        dict(blue=('', ['Blue']), ivory=('Ivory', ['Ivory']), rust=('Rust', ['Rust'])),
        ['men', 'khadi', 'handspun', 'band collar', 'casual', 'everyday'],
        'Handspun, handwoven <strong>khadi</strong>, washed soft; sits well over jeans.',
        ['Band collar and buttoned placket', 'Full sleeves', 'Short length'], IRON_DAMP,
        'हाथ से कता-बुना खादी का छोटा कुर्ता, बंद गला; जींस के साथ।', ['खादी', 'कुर्ता']),
    shahi_sherwani=product(
        'Shahi Brocade Sherwani', 'Sherwanis', 'Wedding Sherwanis', 11999, 'Brocade Silk', '620339', (2, 4, 5, 3, 2),
        dict(ivory=('', ['Ivory', 'Gold']), maroon=('Maroon', ['Maroon', 'Gold']), midnight=('Midnight', ['Midnight Blue', 'Gold'])),
        ['men', 'sherwani', 'wedding', 'groom', 'brocade', 'zari', 'band collar'],
        'A groom’s sherwani in zari brocade, paisleys in half drop, cut close and falling straight below the knee.',
        ['Band collar, nine metal buttons', 'Gold piping along the front', 'Full lining, side slits'], DRY_CLEAN,
        'दूल्हे की शाही शेरवानी: ज़री ब्रोकेड, केरी बूटे, बंद गला, नौ बटन। शादी और रिसेप्शन के लिए।', ['शेरवानी', 'शादी', 'दूल्हा']),
    raw_silk_nehru_jacket=product(
        'Raw Silk Nehru Jacket', 'Nehru Jackets', 'Festive Nehru Jackets', 2999, 'Raw Silk', '620339', (4, 8, 8, 5, 3),
        dict(wine=('', ['Wine']), teal=('Teal', ['Teal']), sand=('Sand', ['Sand'])),
        ['men', 'nehru jacket', 'raw silk', 'sleeveless', 'festive', 'wedding guest', 'diwali'],
        'A sleeveless bandi in slubby raw silk to wear over a kurta or a shirt.',
        ['Band collar, five metal buttons', 'Welt pocket on the chest', 'Lined, hip length'], DRY_CLEAN,
        'कच्चे रेशम की नेहरू जैकेट (बंडी): बंद गला, पाँच बटन; कुर्ते या कमीज़ के ऊपर।', ['नेहरू जैकेट', 'बंडी']),
    rust_t_shirt=product(
        'Terracotta Stripe Tee', 'T-Shirts', 'Striped T-Shirts', 749, 'Cotton Jersey', '610910', (12, 18, 20, 12, 6),
        dict(rust=('', ['Rust', 'Cream']), forest=('Forest', ['Forest Green', 'Cream'])),
        ['men', 'stripes', 'everyday', 'crew neck'], 'A crew-neck tee with three cream stripes across the chest.',
        ['Ribbed crew neck', 'Regular fit, 200 gsm'], 'Machine wash cold, inside out.',
        'छाती पर तीन धारियों वाली सूती टी-शर्ट, गोल गला।', ['टी-शर्ट', 'धारीदार']),
    charcoal_t_shirt=product(
        'Roz Crew Tee', 'T-Shirts', 'Plain T-Shirts', 549, 'Cotton Jersey', '610910', (15, 24, 24, 14, 8),
        dict(charcoal=('', ['Charcoal']), white=('White', ['White']), maroon=('Maroon', ['Maroon'])),
        ['men', 'plain', 'everyday', 'crew neck'], 'The plain tee you reach for: combed cotton that keeps its shape.',
        ['Ribbed crew neck', 'Regular fit, 180 gsm'], 'Machine wash cold.', 'सादी सूती टी-शर्ट, गोल गला; रोज़ के लिए।', ['टी-शर्ट']),
    pique_polo=product(
        'Maidan Polo', 'T-Shirts', 'Polo T-Shirts', 999, 'Cotton Jersey', '610510', (10, 16, 18, 12, 6),
        dict(bottle=('', ['Bottle Green']), navy=('Navy', ['Navy', 'Cream'])),
        ['men', 'polo', 'collar', 'smart casual', 'weekend'],
        'A polo in soft knitted cotton, for the club as for the maidan.',
        ['Flat collar, two-button placket', 'Regular fit, 220 gsm'], 'Machine wash cold, inside out.',
        'मुलायम सूती पोलो टी-शर्ट, कॉलर और दो बटन।', ['पोलो', 'टी-शर्ट']),
    madras_shirt=product(
        'Madras Check Half-Sleeve Shirt', 'Shirts', 'Casual Shirts', 1349, 'Cotton', '620520', (6, 10, 12, 7, 3),
        dict(red=('', ['Red', 'Navy', 'Yellow']), teal=('Teal', ['Teal', 'Navy', 'Yellow'])),
        ['men', 'madras', 'checks', 'half sleeve', 'summer', 'holiday'],
        'Bright <strong>Madras checks</strong> in light cotton from Tamil Nadu, with plain collar, placket and cuffs.',
        ['Half sleeves', 'Curved hem, to be worn untucked'], 'Machine wash cold; colours may bleed at first.',
        'तमिलनाडु के मद्रास चेक की आधी बाँह की सूती कमीज़; गर्मियों के लिए।', ['कमीज़', 'मद्रास चेक']),
    olive_linen_shirt=product(
        'Coorg Linen Shirt', 'Shirts', 'Linen Shirts', 1999, 'Linen', '620590', (5, 9, 10, 6, 2),
        dict(olive=('', ['Olive']), white=('White', ['White']), sky=('Sky Blue', ['Sky Blue'])),
        ['men', 'linen', 'full sleeve', 'office', 'summer'],
        'A full-sleeve shirt in slubby linen that gets softer with every wash.',
        ['Classic collar, chest pocket', 'Curved hem', 'Deep cuffs'], IRON_DAMP,
        'लिनन की पूरी बाँह की कमीज़: कॉलर, जेब; दफ़्तर और गर्मियों के लिए।', ['कमीज़', 'लिनन']),
    indigo_denim_shirt=product(
        'Chambal Denim Shirt', 'Shirts', 'Denim Shirts', 1699, 'Denim', '620520', (6, 10, 12, 8, 4),
        dict(indigo=('', ['Indigo']), light=('Light Wash', ['Light Blue'])),
        ['men', 'denim', 'full sleeve', 'casual', 'weekend'], 'A light denim shirt with two pockets and copper topstitching.',
        ['Classic collar', 'Two patch pockets', 'Curved hem'], 'Machine wash cold, inside out.',
        'हल्के डेनिम की पूरी बाँह की कमीज़, दो जेबें, ताँबई सिलाई।', ['कमीज़', 'डेनिम']),
    ajrakh_shirt=product(
        'Kutch Ajrakh Shirt', 'Shirts', 'Printed Shirts', 1599, 'Cotton', '620520', (5, 9, 10, 6, 3),
        dict(indigo=('', ['Indigo', 'Madder Red']), madder=('Madder', ['Madder Red', 'Indigo'])),
        ['men', 'ajrakh', 'block print', 'half sleeve', 'natural dye', 'holiday'],
        'Half-sleeve shirt in <strong>ajrakh</strong>: indigo and madder, printed with carved blocks in Kutch.',
        ['Classic collar and placket in plain cloth', 'Curved hem, to be worn untucked'], HAND_WASH,
        'कच्छ की अजरख छपाई वाली आधी बाँह की सूती कमीज़।', ['कमीज़', 'अजरख']))
