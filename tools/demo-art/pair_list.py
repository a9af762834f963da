"""Who wears what in the true pairs: every garment on two people, and every person in five to eight garments."""
WEARERS = dict(
    indigo_block_kurta=('nila', 'lakshmi'), chikankari_kurti=('meera', 'asha'), ajrakh_kurti=('kavya', 'ria'),
    leheriya_kurti=('zoya', 'nila'), ikat_dress=('ria', 'kavya'), bandhani_dress=('asha', 'meera'),
    garden_shirt_dress=('zoya', 'asha'), phulwari_anarkali=('kavya', 'zoya'), kalamkari_top=('lakshmi', 'asha'),
    handloom_check_top=('nila', 'meera'), zari_shell_top=('ria', 'lakshmi'), banarasi_blouse=('asha', 'kavya'),
    navy_stripe_t_shirt=('zoya', 'nila'), marigold_t_shirt=('meera', 'ria'), denim_jacket=('nila', 'kavya'),
    mustard_silk_kurta=('kabir', 'vikram'), chikan_men_kurta=('dev', 'sameer'), khadi_short_kurta=('vikram', 'kabir'),
    shahi_sherwani=('harpreet', 'sameer'), raw_silk_nehru_jacket=('vikram', 'dev'), rust_t_shirt=('kabir', 'sameer'),
    charcoal_t_shirt=('harpreet', 'dev'), pique_polo=('sameer', 'vikram'), madras_shirt=('dev', 'harpreet'),
    olive_linen_shirt=('kabir', 'vikram'), indigo_denim_shirt=('harpreet', 'dev'), ajrakh_shirt=('sameer', 'kabir'),
    cotton_chinos=('harpreet', 'sameer'), cotton_pyjama=('kabir', 'dev'), high_rise_jeans=('ria', 'zoya'),
    block_print_palazzo=('lakshmi', 'meera'), patiala_salwar=('meera', 'asha'), churidar=('nila', 'kavya'),
    kalamkari_skirt=('lakshmi', 'zoya'), pleated_maxi_skirt=('ria', 'nila'), brocade_lehenga=('kavya', 'asha'),
    brocade_choli=('zoya', 'ria'))

# The first wearer of every garment comes first: a run that ends early still shows every garment.
PAIRS = tuple('%s+%s' % (people[turn], garment) for turn in (0, 1) for garment, people in WEARERS.items())


def person_of(name):
    return name.partition('+')[0]


def garment_of(name):
    return name.partition('+')[2]


def file_of(name):
    """A pair's name as a file: letters and underscores."""
    return name.replace('+', '_')
