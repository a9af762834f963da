"""python3 viewer_look.py --out DIR [--measures HEIGHT BUST WAIST HIP] FILE.glb ... : opens files of demo/models3d in
three.js in a browser, each from three sides, and writes OUT/viewer_look.png. Needs npm and Debian's chromium."""
import argparse
import functools
import http.server
import json
import os
import shutil
import subprocess
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = os.path.abspath(os.path.join(HERE, '..', '..', 'demo', 'models3d'))
THREE, PATIENCE = 'three@0.187.0', 240


class Site(http.server.SimpleHTTPRequestHandler):
    """Serves the page, which posts back the picture it drew."""

    def do_POST(self):
        self.server.seen = (self.path, self.rfile.read(int(self.headers['Content-Length'])))
        self.send_response(204)
        self.end_headers()
        self.server.drawn.set()

    def log_message(self, *_):
        pass


def extras(name):
    """What a file says besides its meshes."""
    with open(os.path.join(MODELS, name), 'rb') as file:
        header = file.read(20)
        document = json.loads(file.read(int.from_bytes(header[12:16], 'little')))
    return document['scenes'][0]['extras']


def shown(name, measures):
    """One entry of the page's job: a garment together with its body, in a shopper's measures where they are given."""
    with open(os.path.join(MODELS, 'models.json')) as file:
        body = json.load(file)['garments'].get(name)
    entry = dict(files=[name] + [body] * bool(body), scale=1, amounts={})
    if measures:
        import viewer_bodies
        wanted = dict(zip(viewer_bodies.GIRTHS, measures[1:]))
        entry['scale'], entry['amounts'] = viewer_bodies.amounts(extras(body or name), measures[0], wanted)
    return entry


def drawn_by_a_browser(site, profile, size):
    """The PNG picture and the address it was posted to. Fails: SystemExit when the browser draws nothing in time."""
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), functools.partial(Site, directory=site))
    server.drawn = threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser = subprocess.Popen(
        ['chromium', '--headless=new', '--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
         '--disable-background-networking', '--no-first-run', '--user-data-dir=' + profile, '--window-size=' + size,
         '--remote-debugging-port=0', 'http://127.0.0.1:%d/index.html' % server.server_port], stderr=subprocess.DEVNULL)
    drawn = server.drawn.wait(PATIENCE)
    browser.terminate()
    browser.wait()
    server.shutdown()
    if not drawn:
        raise SystemExit('the browser drew nothing within %d s' % PATIENCE)
    return server.seen


def main():
    parser = argparse.ArgumentParser(description=__doc__.split(':')[0])
    parser.add_argument('--out', required=True, help='scratch folder outside the repository')
    parser.add_argument('--measures', nargs=4, type=float, metavar=('HEIGHT', 'BUST', 'WAIST', 'HIP'))
    parser.add_argument('--size', default='1800,900', help='of the window, WIDTH,HEIGHT')
    parser.add_argument('files', nargs='+', help='names in demo/models3d')
    arguments = parser.parse_args()
    out = os.path.abspath(arguments.out)
    site = os.path.join(out, 'viewer_site')
    os.makedirs(site, exist_ok=True)
    if not os.path.exists(os.path.join(site, 'node_modules', 'three')):
        subprocess.run(['npm', 'install', '--no-save', '--prefix', site, THREE], check=True, stdout=subprocess.DEVNULL)
    shutil.copy(os.path.join(HERE, 'viewer_look.html'), os.path.join(site, 'index.html'))
    shutil.copytree(MODELS, os.path.join(site, 'models'), dirs_exist_ok=True)
    with open(os.path.join(site, 'job.json'), 'w') as file:
        json.dump([shown(name, arguments.measures) for name in arguments.files], file)
    path, png = drawn_by_a_browser(site, os.path.join(out, 'viewer_profile'), arguments.size)
    with open(os.path.join(out, 'viewer_look.png'), 'wb') as file:
        file.write(png)
    print(os.path.join(out, 'viewer_look.png'), path.split('?')[1])


if __name__ == '__main__':
    main()
