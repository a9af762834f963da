"""python3 catalogue.py : writes the products of demo/shop.json from their descriptions and the wardrobe.

Every colourway is a product of its own, with the texts, sizes and the style tag of its garment."""
import json
import os
import re

import products_lower
import products_upper
from pair_list import WEARERS
from publish import ROOT
from wardrobe import GARMENTS

WOMEN = {'S': dict(bust=[81, 86], waist=[62, 67], hip=[88, 93]), 'M': dict(bust=[86, 91], waist=[67, 72], hip=[93, 98]),
         'L': dict(bust=[91, 97], waist=[72, 78], hip=[98, 104]),
         'XL': dict(bust=[97, 104], waist=[78, 86], hip=[104, 114]),
         'XXL': dict(bust=[104, 112], waist=[86, 95], hip=[114, 122])}
MEN = {'S': dict(bust=[90, 95], waist=[72, 77], hip=[88, 93]), 'M': dict(bust=[95, 100], waist=[77, 82], hip=[93, 98]),
       'L': dict(bust=[100, 106], waist=[82, 88], hip=[98, 103]),
       'XL': dict(bust=[106, 112], waist=[88, 95], hip=[103, 109]),
       'XXL': dict(bust=[112, 119], waist=[95, 103], hip=[109, 115])}
# Tailor's space to centimetres on each dress form, and where the shoulder seam meets the collar there.
CENTIMETRES, COLLAR_HEIGHT = dict(woman=95.1, slim=92.9, man=103.0), 1.452

PRODUCTS = {**products_upper.PRODUCTS, **products_lower.PRODUCTS, **products_lower.LENGTH_PRODUCTS}


def lengths(name, step):
    """Length and sleeve of a garment in cm, for a size `step` above M; empty where a cut does not say them."""
    described = GARMENTS[name]
    scale, cut = CENTIMETRES.get(described['on']), described['cut']
    if described['maker'] != 'garment' or scale is None:
        return {}
    made = dict(length=round((COLLAR_HEIGHT - cut['hem']) * scale + 1.5 * step))
    if cut.get('sleeve'):
        made['sleeve'] = round((cut['sleeve'] + .02) * scale + .8 * step)
    return made


def description(text):
    points = ''.join('<li>%s</li>' % point for point in text['points'])
    return '<p>%s</p><ul>%s</ul><p><em>%s</em></p><p>%s</p>' % (text['text'], points, text['care'], text['hindi'])


def entries(name, text, chart):
    """The products of one garment, one a colour."""
    style = 'style-' + re.sub(r'[^a-z]+', '-', text['name'].lower()).strip('-')
    sizes = [dict(size=size, stock=stock)
             for size, stock in zip(text.get('size_names', chart), text['stock']) if stock is not None]
    measures = text['size_chart'] if 'size_chart' in text else {
        entry['size']: dict(chart[entry['size']], **lengths(name, step - 1)) for step, entry in enumerate(sizes)}
    charted = dict(size_chart=measures, size_chart_of='body', size_chart_unit='cm') if measures else {}
    for number, (shade, (added, colours)) in enumerate(text['colours'].items()):
        file = name + ('_' + shade if number else '')
        # Garments that are worn together carry one tag a colour.
        set_tags = ['set-%s-%s' % (text['set'], shade)] if 'set' in text else []
        yield dict(
            name=text['name'] + (', ' + added if added else ''), description=description(text),
            category=text['category'], subcategory=text['subcategory'],
            tags=text['tags'] + [style[:40]] + set_tags + text['hindi_words'], price=text['price'], colors=colours,
            material=text['material'], sizes=sizes, **charted, hsn=text['hsn'],
            tax_class=text.get('tax_class', 'apparel'),
            pictures=['pictures/garments/%s%s.webp' % (file, view) for view in ('', '_detail')],
            seen_on=[dict(model=person.capitalize(), picture='pictures/worn/%s_%s.webp' % (person, name))
                     for person in WEARERS.get(name, ()) if not number])


def written(value, depth=0):
    """JSON that people can read: one field a line, short lists on one line."""
    pad, flat = '  ' * depth, json.dumps(value, ensure_ascii=False)
    long = len(flat) + len(pad) > 96 or isinstance(value, dict) and ('pictures' in value or 'body_type' in value)
    if not isinstance(value, (dict, list)) or not long:
        return flat
    if isinstance(value, dict):
        lines = ['%s  %s: %s' % (pad, json.dumps(key), written(entry, depth + 1)) for key, entry in value.items()]
        return '{\n' + ',\n'.join(lines) + '\n' + pad + '}'
    return '[\n' + ',\n'.join(pad + '  ' + written(entry, depth + 1) for entry in value) + '\n' + pad + ']'


def there(entry):
    """The entry with those of its pictures that are rendered."""
    def exists(path):
        return os.path.exists(os.path.join(ROOT, 'demo', path))
    seen_on = [seen for seen in entry.pop('seen_on') if exists(seen['picture'])]
    made = dict(entry, pictures=[path for path in entry['pictures'] if exists(path)])
    return dict(made, seen_on=seen_on) if seen_on else made


def models_3d():
    """For the first colour of a garment of the 3D viewer, its file and its body's."""
    with open(os.path.join(ROOT, 'demo', 'models3d', 'models.json')) as file:
        worn = json.load(file)['garments']
    return {'pictures/garments/%s.webp' % garment.removesuffix('.glb'): dict(
        garment='models3d/' + garment, body='models3d/' + body) for garment, body in worn.items()}


def main():
    path = os.path.join(ROOT, 'demo', 'shop.json')
    with open(path) as file:
        shop = json.load(file)
    made = [there(entry) for name, text in PRODUCTS.items()
            for entry in entries(name, text, MEN if 'men' in text['tags'] else WOMEN)]
    made = [entry for entry in made if entry['pictures'] and 'detail' not in entry['pictures'][0]]
    shown = models_3d()
    shop['products'] = [dict(entry, model_3d=shown[entry['pictures'][0]]) if entry['pictures'][0] in shown else entry
                        for entry in made]
    with open(path, 'w') as file:
        file.write(written(shop) + '\n')
    print('%d products' % len(shop['products']))


if __name__ == '__main__':
    main()
