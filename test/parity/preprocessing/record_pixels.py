"""Records what Pillow makes of twelve awkward pictures under the published preprocessing of each model family.

Needs Debian's python3-pil; run from the repository's root: python3 test/parity/preprocessing/record_pixels.py
Writes test/fixtures/pixels.json: the families' configurations and the SHA-256 of the pixels, uint8 [height, width, 3].
"""

import hashlib
import json

import PIL
from PIL import Image, ImageOps

CLIP = {'image_mean': [0.48145466, 0.4578275, 0.40821073], 'image_std': [0.26862954, 0.26130258, 0.27577711]}
HALF = {'image_mean': [0.5, 0.5, 0.5], 'image_std': [0.5, 0.5, 0.5]}

# As each family's preprocessor_config.json spells it on the hub.
FAMILIES = {
    'OpenAI CLIP, LAION, Taiyi': {'size': 224, 'crop_size': 224, 'do_center_crop': True, 'resample': 3, **CLIP},
    'OpenAI CLIP L/14-336': {'size': 336, 'crop_size': 336, 'do_center_crop': True, 'resample': 3, **CLIP},
    'Chinese-CLIP': {'size': {'height': 224, 'width': 224}, 'do_center_crop': False, 'resample': 3, **CLIP},
    'SigLIP': {'size': {'height': 224, 'width': 224}, 'resample': 3, **HALF},
    'SigLIP 2': {'size': {'height': 224, 'width': 224}, 'resample': 2, **HALF},
    'MobileCLIP': {
        'size': {'shortest_edge': 256},
        'crop_size': {'height': 256, 'width': 256},
        'do_center_crop': True,
        'resample': 2,
        'do_normalize': False,
    },
}

PICTURES = [
    'examples/two-cats.jpg',
    'examples/rocket.jpg',
    'examples/penguin.webp',
    'examples/bicycle.png',
    'examples/two-tigers.webp',
    'test/fixtures/images/cmyk.jpg',
    'test/fixtures/images/progressive.jpg',
    'test/fixtures/images/icc-profile.jpg',
    'test/fixtures/images/orientation-6.jpg',
    'test/fixtures/images/rgba.png',
    'test/fixtures/images/rgb-16-bit.png',
    'test/fixtures/images/size-150x3.png',
]


def resize(image, config):
    """What transformers' image processors ask of Pillow, with the roundings of torchvision's resize and center_crop."""
    size, crop = config['size'], config.get('crop_size')
    if crop is None:
        return image.resize((size['width'], size['height']), config['resample'])
    edge = size if isinstance(size, int) else size['shortest_edge']
    width, height = image.size
    whole = (edge, int(edge * height / width)) if width <= height else (int(edge * width / height), edge)
    left, top = round((whole[0] - edge) / 2.0), round((whole[1] - edge) / 2.0)
    return image.resize(whole, config['resample']).crop((left, top, left + edge, top + edge))


def hash_pixels(file, config):
    image = ImageOps.exif_transpose(Image.open(file)).convert('RGB')
    return hashlib.sha256(resize(image, config).tobytes()).hexdigest()


recorded = {
    'reference': f'Pillow {PIL.__version__}',
    'families': [
        {'family': family, 'config': config, 'pixels': {file: hash_pixels(file, config) for file in PICTURES}}
        for family, config in FAMILIES.items()
    ],
}
with open('test/fixtures/pixels.json', 'w', encoding='utf8') as file:
    json.dump(recorded, file, indent=2)
    file.write('\n')
