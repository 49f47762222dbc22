"""Type faces that plates are drawn with: for serials beside the dies of `plates.dies`, and for everything that is small.

The faces come from npm's fontsource packages (`npm ci` in this folder; each under the SIL Open Font License, Apache or
Ubuntu license) and from Debian's fonts-dejavu, fonts-liberation, fonts-roadgeek, fonts-opendin and fonts-routed-gothic.
"""

from __future__ import annotations

import functools
import glob
import os
import re

from PIL import ImageFont

_PACKAGES = os.path.join(os.path.dirname(__file__), '..', 'node_modules', '@fontsource')
_DEBIAN = '/usr/share/fonts/truetype'

# Narrow, even-stroked faces, with the weights that resemble stamped or screened serials.
_SERIAL = {
    'advent-pro': '600', 'agdasima': '700', 'antonio': '400 500', 'archivo-narrow': '500 600', 'asap-condensed': '500',
    'b612': '400', 'barlow-condensed': '500 600', 'barlow-semi-condensed': '500', 'bebas-neue': '400',
    'big-shoulders-display': '500 700', 'cabin-condensed': '500', 'chakra-petch': '500 600', 'dosis': '600',
    'economica': '700', 'encode-sans-condensed': '500 600', 'fira-sans-extra-condensed': '500', 'fjalla-one': '400',
    'gemunu-libre': '500 600', 'ibm-plex-sans-condensed': '500', 'khand': '500', 'league-gothic': '400',
    'mohave': '500', 'nova-square': '400', 'oswald': '400 500', 'overpass': '600', 'pathway-gothic-one': '400',
    'pragati-narrow': '700', 'pt-sans-narrow': '700', 'rajdhani': '600 700', 'rationale': '400',
    'roboto-condensed': '400 600', 'russo-one': '400', 'saira-condensed': '500', 'saira-extra-condensed': '500 600',
    'saira-semi-condensed': '500', 'share-tech': '400', 'smooch-sans': '500 600', 'sofia-sans-condensed': '500',
    'sofia-sans-extra-condensed': '500 600', 'squada-one': '400', 'strait': '400', 'teko': '500',
    'ubuntu-condensed': '400', 'viga': '400', 'voltaire': '400', 'yanone-kaffeesatz': '500'
}  # fmt: skip

# Faces of one width, whose I and 1 have serifs as many dies have.
_SERIAL_MONOSPACED = {
    'azeret-mono': '500', 'b612-mono': '400 700', 'cousine': '700', 'dm-mono': '500', 'fira-mono': '500',
    'ibm-plex-mono': '500', 'inconsolata': '600', 'jetbrains-mono': '500', 'martian-mono': '400', 'nova-mono': '400',
    'overpass-mono': '500 700', 'oxygen-mono': '400', 'red-hat-mono': '500', 'roboto-mono': '500',
    'share-tech-mono': '400', 'source-code-pro': '600', 'space-mono': '700', 'ubuntu-mono': '700'
}  # fmt: skip

_SMALL = {
    'serif': {'playfair-display': '700', 'merriweather': '700', 'cinzel': '600 700', 'abril-fatface': '400',
              'limelight': '400'},
    'sans': {'archivo-narrow': '600', 'asap-condensed': '600', 'barlow-condensed': '600', 'overpass': '700',
             'roboto-condensed': '600', 'oswald': '500', 'saira-condensed': '600'},
    'slab': {'roboto-slab': '600 700', 'arvo': '700', 'bitter': '700', 'alfa-slab-one': '400', 'graduate': '400',
             'rye': '400'},
    'script': {'pacifico': '400', 'lobster': '400', 'dancing-script': '700', 'kaushan-script': '400',
               'satisfy': '400', 'great-vibes': '400', 'courgette': '400', 'yellowtail': '400', 'cookie': '400'},
    'display': {'anton': '400', 'bebas-neue': '400', 'black-ops-one': '400', 'righteous': '400', 'russo-one': '400',
                'staatliches': '400', 'big-shoulders-display': '700', 'limelight': '400'},
}  # fmt: skip

# More faces that only names and slogans are written in: the upright capitals, Clarendons and brush scripts of state names.
_NAMES = {
    'serif': {'libre-baskerville': '700', 'lora': '600', 'marcellus': '400'},
    'sans': {'jost': '600 700', 'libre-franklin': '700', 'montserrat': '700', 'josefin-sans': '700', 'archivo-black': '400'},
    'slab': {'rokkitt': '600', 'zilla-slab': '700'},
    'script': {'playball': '400', 'oleo-script': '400', 'berkshire-swash': '400', 'niconne': '400', 'damion': '400',
               'norican': '400', 'alex-brush': '400'},
    'display': {'sansita': '700'},
}  # fmt: skip

_DEBIAN_SERIAL = [
    'roadgeek/RG2014B.ttf', 'roadgeek/RG2014C.ttf', 'roadgeek/RG2014E.ttf', 'roadgeek/RG2014F.ttf',
    'opendin/OSP-DIN.ttf', 'liberation/LiberationSansNarrow-Regular.ttf', 'liberation/LiberationSansNarrow-Bold.ttf',
    'liberation/LiberationSans-Bold.ttf', 'dejavu/DejaVuSansCondensed.ttf', 'dejavu/DejaVuSansCondensed-Bold.ttf',
    'routed-gothic/*narrow.ttf'
]  # fmt: skip
_DEBIAN_MONOSPACED = ['dejavu/DejaVuSansMono.ttf', 'dejavu/DejaVuSansMono-Bold.ttf', 'liberation/LiberationMono-Bold.ttf']
_DEBIAN_SMALL = {
    'serif': ['dejavu/DejaVuSerif-Bold.ttf', 'liberation/LiberationSerif-Bold.ttf', 'liberation/LiberationSerif-Italic.ttf'],
    'sans': ['dejavu/DejaVuSans-Bold.ttf', 'liberation/LiberationSans-Bold.ttf'],
}


def _of_packages(families: dict[str, str]) -> list[str]:
    paths = []
    for family, weights in families.items():
        for weight in weights.split():
            paths += glob.glob(f'{_PACKAGES}/{family}/files/{family}-latin-{weight}-normal.woff')
    return paths


def _of_debian(patterns: list[str]) -> list[str]:
    return [path for pattern in patterns for path in sorted(glob.glob(f'{_DEBIAN}/{pattern}'))]


@functools.cache
def serial_fonts() -> list[str]:
    """Paths of the faces a serial may be drawn in, each width its own."""
    return _required(_of_packages(_SERIAL) + _of_debian(_DEBIAN_SERIAL))


@functools.cache
def serial_fonts_of_one_width() -> list[str]:
    """Paths of the monospaced faces a serial may be drawn in."""
    return _required(_of_packages(_SERIAL_MONOSPACED) + _of_debian(_DEBIAN_MONOSPACED))


@functools.cache
def small_fonts(kind: str) -> list[str]:
    """Paths of the faces for names, slogans and stickers: kind is serif, sans, slab, script or display."""
    return _required(_of_packages(_SMALL[kind]) + _of_debian(_DEBIAN_SMALL.get(kind, [])))


@functools.cache
def name_fonts(kind: str) -> list[str]:
    """Paths of the faces a jurisdiction may write its name in: those of `small_fonts` without the fanciful ones, and more."""
    plain = [path for path in small_fonts(kind) if not re.search('limelight|rye|abril', path)]
    return plain + _of_packages(_NAMES[kind])


def _required(paths: list[str]) -> list[str]:
    if not paths:
        raise FileNotFoundError('No fonts: run `npm ci` in training/ and install the Debian fonts its README names.')
    return paths


@functools.lru_cache(maxsize=4096)
def font(path: str, size: int) -> ImageFont.FreeTypeFont:
    """The face at a size in pixels."""
    return ImageFont.truetype(path, size)
