#!/usr/bin/env python3
"""make_profiles.py > profiles.inc: the two ICC profiles the program carries, made from constants, without dates.

srgb   An RGB display profile (ICC.1:2010, version 4.2): the primaries, white point and transfer curve of IEC 61966-2-1 as
       the ICC publishes them adapted to D50. Output intent of the screen edition.
cmyk   A CMYK printer profile (ICC.1:2001-04, version 2.4): colours between the sixteen overprints of four inks, after the
       solid colours that ISO 12647-2 aims at on coated paper. It is no measurement of any press and says so in its name.
       Output intent of the press edition when the press gives no profile of its own.

Both are our own work, under the program's licence."""
import struct
import sys

CREATED = (1970, 1, 1, 0, 0, 0)  # a profile must have a date; this one says nothing
D50 = (0.9642, 1.0, 0.8249)


def s15(value):
    return struct.pack(">i", round(value * 65536))


def xyz_tag(xyz):
    return b"XYZ \0\0\0\0" + b"".join(map(s15, xyz))


def mluc(text):
    data = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(data), 28) + data


def desc(text):
    """textDescriptionType of version 2: ASCII, no Unicode, no script code."""
    data = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(data)) + data + bytes(4 + 4 + 2 + 1 + 67)


def profile(version, kind, space, pcs, tags):
    table, body, places = b"", b"", {}
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags:
        if data not in places:
            body += bytes(-len(body) % 4)
            places[data] = start + len(body)
            body += data
        table += name + struct.pack(">II", places[data], len(data))
    body += bytes(-len(body) % 4)
    size = start + len(body)
    header = struct.pack(">I4sI4s4s4s6H4s4sIIIQI", size, b"\0" * 4, version, kind, space, pcs, *CREATED, b"acsp",
                         b"\0" * 4, 0, 0, 0, 0, 0) + b"".join(map(s15, D50))
    header += bytes(128 - len(header))
    return header + struct.pack(">I", len(tags)) + table + body


def srgb():
    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + b"".join(
        map(s15, (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)))
    adapt = b"sf32\0\0\0\0" + b"".join(map(s15, (1.047882, 0.022918, -0.050217, 0.029587, 0.990478, -0.017059,
                                                 -0.009247, 0.015075, 0.751678)))
    return profile(0x04200000, b"mntr", b"RGB ", b"XYZ ", [
        (b"desc", mluc("sRGB IEC61966-2.1")), (b"cprt", mluc("No copyright, use freely")), (b"wtpt", xyz_tag(D50)),
        (b"chad", adapt), (b"rXYZ", xyz_tag((0.436035, 0.222488, 0.013916))),
        (b"gXYZ", xyz_tag((0.385117, 0.716905, 0.097076))), (b"bXYZ", xyz_tag((0.143051, 0.060608, 0.713928))),
        (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)])


# ---- the printer ----------------------------------------------------------------------------------------------------

PAPER = (95.0, 0.0, -2.0)
# CIE Lab of the overprints, bit 0 cyan, 1 magenta, 2 yellow, 3 black; ISO 12647-2:2013 table 3 and what four inks make.
OVERPRINTS = [PAPER, (55, -37, -50), (48, 74, -3), (24, 22, -46), (89, -5, 93), (50, -68, 25), (47, 68, 48), (23, 0, 0),
              (16, 0, 0), (12, -6, -8), (11, 12, -1), (9, 3, -7), (15, -1, 12), (11, -10, 4), (10, 10, 7), (8, 0, 0)]
GRID = 9


def lab_to_xyz(lab):
    fy = (lab[0] + 16) / 116
    def back(t): return t ** 3 if t > 6 / 29 else 3 * (6 / 29) ** 2 * (t - 4 / 29)
    return tuple(w * back(t) for w, t in zip(D50, (fy + lab[1] / 500, fy, fy - lab[2] / 200)))


def xyz_to_lab(xyz):
    def f(t): return t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29
    x, y, z = (f(v / w) for v, w in zip(xyz, D50))
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def relative(lab):
    """To the paper: what the profile's connection space counts from."""
    white = lab_to_xyz(PAPER)
    return xyz_to_lab(tuple(v * d / w for v, d, w in zip(lab_to_xyz(lab), D50, white)))


NODES = [relative(lab) for lab in OVERPRINTS]


def printed(inks):
    out = [0.0, 0.0, 0.0]
    for bits, lab in enumerate(NODES):
        part = 1.0
        for i, ink in enumerate(inks):
            part *= ink if bits >> i & 1 else 1 - ink
        if part:
            for i in range(3):
                out[i] += part * lab[i]
    return out


def cost(inks, lab):
    distance = sum((a - b) ** 2 for a, b in zip(printed(inks), lab))
    return distance + 2 * sum(inks[:3])  # of equal colours the one with more black


COARSE = [(c / 3, m / 3, y / 3, k / 3) for c in range(4) for m in range(4) for y in range(4) for k in range(4)]
COARSE_LAB = [printed(inks) for inks in COARSE]


def inks_for(lab):
    if lab[0] >= 99.9 and abs(lab[1]) < 1 and abs(lab[2]) < 1:
        return (0.0,) * 4
    best = min(range(len(COARSE)), key=lambda i: sum((a - b) ** 2 for a, b in zip(COARSE_LAB[i], lab)) +
               2 * sum(COARSE[i][:3]))
    inks, step = list(COARSE[best]), 1 / 4
    now = cost(inks, lab)
    while step > 1 / 512:
        moved = False
        for i in range(4):
            for sign in (1, -1):
                trial = inks[:]
                trial[i] = min(1, max(0, trial[i] + sign * step))
                value = cost(trial, lab)
                if value < now - 1e-9:
                    inks, now, moved = trial, value, True
        if not moved:
            step /= 2
    return tuple(inks)


def u16(value):
    return struct.pack(">H", min(65535, max(0, round(value))))


def lut16(inputs, outputs, grid, nodes):
    identity = b"".join(map(s15, (1, 0, 0, 0, 1, 0, 0, 0, 1)))
    line = u16(0) + u16(65535)
    return (b"mft2\0\0\0\0" + bytes((inputs, outputs, grid, 0)) + identity + struct.pack(">HH", 2, 2) + line * inputs +
            b"".join(nodes) + line * outputs)


def lab16(lab):
    return u16(lab[0] * 652.8) + u16((lab[1] + 128) * 256) + u16((lab[2] + 128) * 256)


def cmyk():
    # The first channel varies slowest.
    forward = [lab16(NODES[c | m << 1 | y << 2 | k << 3]) for c in (0, 1) for m in (0, 1) for y in (0, 1) for k in (0, 1)]
    back, outside = [], []
    for l in range(GRID):
        for a in range(GRID):
            for b in range(GRID):
                steps = [i * 65535 / (GRID - 1) for i in (l, a, b)]
                lab = (steps[0] / 652.8, steps[1] / 256 - 128, steps[2] / 256 - 128)
                inks = inks_for(lab)
                distance = sum((p - q) ** 2 for p, q in zip(printed(inks), lab)) ** 0.5
                back.append(b"".join(u16(ink * 65535) for ink in inks))
                outside.append(u16(0 if distance < 5 else 65535))
    to_lab, to_inks = lut16(4, 3, 2, forward), lut16(3, 4, GRID, back)
    return profile(0x02400000, b"prtr", b"CMYK", b"Lab ", [
        (b"desc", desc("gongkai generic CMYK (not a press characterization)")),
        (b"cprt", b"text\0\0\0\0No copyright, use freely\0"), (b"wtpt", xyz_tag(lab_to_xyz(PAPER))),
        (b"A2B0", to_lab), (b"A2B1", to_lab), (b"A2B2", to_lab), (b"B2A0", to_inks), (b"B2A1", to_inks),
        (b"B2A2", to_inks), (b"gamt", lut16(3, 1, GRID, outside))])


def main():
    print("/* Made by make_profiles.py; do not edit. */")
    for name, data in (("SRGB_PROFILE", srgb()), ("CMYK_PROFILE", cmyk())):
        print(f"static const unsigned char {name}[{len(data)}] = {{")
        for at in range(0, len(data), 30):
            print("".join(f"{byte}," for byte in data[at:at + 30]))
        print("};")
        if len(sys.argv) > 1:
            with open(f"{sys.argv[1]}/{name.lower()}.icc", "wb") as file:
                file.write(data)


if __name__ == "__main__":
    main()
