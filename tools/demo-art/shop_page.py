"""python3 shop_page.py --out DIR [--details NAME ...] : demo/shop.json as plain pages, and how they look on a phone
(390 px) and on a desk (1280 px): DIR/phone_*.png and DIR/desk_*.png. Needs Debian's chromium, and fonts-lohit-deva to show
the Hindi texts."""
import argparse
import html
import json
import os
import subprocess

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
DEMO = os.path.join(ROOT, 'demo')
TOGETHER = 20
WIDTHS = dict(phone=390, desk=1280)
STYLE = '''
body { margin: 0; font: 15px/1.45 "Noto Sans", "Noto Sans Devanagari", sans-serif; color: #262320; background: #fff }
h1 { font-size: 22px; margin: 16px } h2 { font-size: 20px; margin: 8px 0 } p, ul { margin: 8px 0 }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(165px, 1fr)); gap: 14px; padding: 0 16px 16px }
.cards img { width: 100%; aspect-ratio: 3 / 4; object-fit: cover; background: #efece6; border-radius: 6px }
.cards b { display: block; font-weight: 600; margin-top: 6px } .cards span { color: #6b645c }
.detail { display: grid; grid-template-columns: repeat(auto-fit, minmax(340px, 1fr)); gap: 20px; padding: 16px }
.detail img { width: 100%; border-radius: 6px; display: block; margin-bottom: 10px }
table { border-collapse: collapse; font-size: 13px } td, th { border-bottom: 1px solid #ddd; padding: 4px 8px }
@media (min-width: 900px) { .cards { grid-template-columns: repeat(5, 1fr) } }
'''


def page(title, body):
    return ('<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            '<title>%s</title><style>%s</style><h1>%s</h1>%s</html>' % (title, STYLE, title, body))


def address(path):
    return 'file://' + os.path.join(DEMO, path)


def card(path, name, line):
    return '<div><img src="%s"><b>%s</b><span>%s</span></div>' % (address(path), html.escape(name), html.escape(line))


def span(value):
    return '%s to %s' % tuple(value) if isinstance(value, list) else value


def chart(product):
    """The size chart as a table, empty for one-size cloth."""
    sizes = product.get('size_chart') or {}
    measures = list(next(iter(sizes.values()), {}))
    rows = ''.join('<tr><th>%s</th>%s</tr>' % (size, ''.join('<td>%s</td>' % span(values[measure])
                                                           for measure in measures)) for size, values in sizes.items())
    return '<table><tr><th>cm</th>%s</tr>%s</table>' % (''.join('<th>%s</th>' % m for m in measures), rows) if rows else ''


def detail(product):
    paths = product['pictures'] + [seen['picture'] for seen in product.get('seen_on', [])]
    pictures = ''.join('<img src="%s">' % address(path) for path in paths)
    text = '<h2>%s</h2><p>₹ %s · %s · %s</p>%s%s<p><small>%s</small></p>' % (
        html.escape(product['name']), '{:,}'.format(product['price']), html.escape(product['material']),
        ', '.join(product['colors']), product['description'], chart(product), ' · '.join(product['tags']))
    return '<div class="detail"><div>%s</div><div>%s</div></div>' % (pictures, text)


def pages(shop, wanted):
    """Names of pages with their text: the models, the cards in groups, the details asked for."""
    yield 'models', page('Models', '<div class="cards">%s</div>' % ''.join(
        card(m['picture'], m['name'], '%s cm, %s, size %s' % (m['height_cm'], m['body_type'], m['size']))
        for m in shop['models']))
    products = shop['products']
    for start in range(0, len(products), TOGETHER):
        some = products[start:start + TOGETHER]
        yield 'cards_%d' % (start // TOGETHER + 1), page('Garments', '<div class="cards">%s</div>' % ''.join(
            card(p['pictures'][0], p['name'], '₹ {:,}'.format(p['price'])) for p in some))
    for product in products:
        name = os.path.basename(product['pictures'][0]).removesuffix('.webp')
        if name in wanted:
            yield 'detail_' + name, page(product['category'], detail(product))


def photographed(path, kind, tall):
    """A page in a frame as wide as the screen: a browser's own window may not be as narrow as a phone."""
    width, folder = WIDTHS[kind], os.path.dirname(path)
    name = os.path.basename(path).removesuffix('.html')
    frame = os.path.join(folder, 'frame.html')
    with open(frame, 'w') as file:
        file.write('<body style="margin:0"><iframe src="%s.html" style="border:0;width:%dpx;height:%dpx"></iframe>'
                   % (name, width, tall))
    subprocess.run(['chromium', '--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run',
                    '--allow-file-access-from-files', '--user-data-dir=' + os.path.join(folder, 'profile'),
                    '--virtual-time-budget=8000', '--window-size=%d,%d' % (max(width, 500), tall),
                    '--screenshot=' + os.path.join(folder, '%s_%s.png' % (kind, name)), 'file://' + frame],
                   check=True, stderr=subprocess.DEVNULL, timeout=120)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(' : ')[0])
    parser.add_argument('--out', required=True, help='scratch folder outside the repository')
    parser.add_argument('--details', nargs='*', default=['shahi_sherwani', 'brocade_lehenga', 'zari_dupatta'],
                        help='pictures whose products are shown whole')
    parser.add_argument('--only', choices=[*WIDTHS], help='one of the two screens')
    arguments = parser.parse_args()
    out = os.path.abspath(arguments.out)
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(DEMO, 'shop.json')) as file:
        shop = json.load(file)
    for name, text in pages(shop, arguments.details):
        path = os.path.join(out, name + '.html')
        with open(path, 'w') as file:
            file.write(text)
        for kind in [arguments.only] if arguments.only else WIDTHS:
            tall = dict(phone=1750 if 'detail' in name else 3300, desk=1750 if 'detail' in name else 1650)[kind]
            photographed(path, kind, tall)
            print(os.path.join(out, '%s_%s.png' % (kind, name)), flush=True)


if __name__ == '__main__':
    main()
