"""The dress forms of the product photos. They are not the shop's people: those may change without a garment changing."""
import hashlib
import json
import os
import pickle

import human
from art_data import output_folder
from dense_body import DenseBody
from people import FACE_MAN, FACE_WOMAN
from tailor import TailoredBody

FORMS = dict(
    woman=dict(male=0, muscle=.45, weight=.42, height=.5, cup=.48, firm=.75, ideal=.75, tall=1.66,
               race=dict(caucasian=.55, asian=.15, african=.30), detail=FACE_WOMAN),
    slim=dict(male=0, muscle=.5, weight=.36, height=.6, cup=.42, firm=.8, ideal=.8, tall=1.70,
              race=dict(caucasian=.35, asian=.05, african=.60), detail=FACE_WOMAN),
    man=dict(male=1, muscle=.62, weight=.48, height=.55, cup=.5, ideal=.7, tall=1.78,
             race=dict(caucasian=.6, asian=.1, african=.3), detail=FACE_MAN))


def form(name, arm):
    """TailoredBody of a form with its arms `arm` degrees off the body; kept in the output folder."""
    spec = dict(human.DEFAULT, **FORMS[name], arm=dict(off=arm))
    key = hashlib.sha1(json.dumps(spec, sort_keys=True).encode()).hexdigest()[:12]
    kept = output_folder() + 'form_%s_%s.pickle' % (name, key)
    if os.path.exists(kept):
        with open(kept, 'rb') as file:
            return pickle.load(file)
    data = human.Data()
    parts = human.person(data, spec, [])
    body = DenseBody(data, parts['all'])
    made = TailoredBody(body.points, body.faces, body.rest, body.arm_weight, parts['joints'])
    with open(kept, 'wb') as file:
        pickle.dump(made, file)
    return made
