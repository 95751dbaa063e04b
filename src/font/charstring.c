/* A Type 2 charstring -> its width, or a flat charstring of the same outline (Adobe Technical Note 5177).
 *
 * Flattening copies operands and path operators as they stand, puts a subroutine's body in the place of its call, and
 * leaves out stem hints and hint masks. The width, if there is one, is the first operand and stays so. */
#include <string.h>

#include "font/charstring_int.h"

#define STACK_LIMIT  48 /* 5177 appendix B */
#define DEPTH_LIMIT  10
#define BUDGET_LIMIT 200000 /* operators and operands of one glyph: stops calls that fan out */

enum {
    OP_HSTEM = 1,
    OP_VSTEM = 3,
    OP_VMOVETO = 4,
    OP_RLINETO = 5,
    OP_HLINETO = 6,
    OP_VLINETO = 7,
    OP_RRCURVETO = 8,
    OP_CALLSUBR = 10,
    OP_RETURN = 11,
    OP_ESCAPE = 12,
    OP_ENDCHAR = 14,
    OP_HSTEMHM = 18,
    OP_HINTMASK = 19,
    OP_CNTRMASK = 20,
    OP_RMOVETO = 21,
    OP_HMOVETO = 22,
    OP_VSTEMHM = 23,
    OP_RCURVELINE = 24,
    OP_RLINECURVE = 25,
    OP_VVCURVETO = 26,
    OP_HHCURVETO = 27,
    OP_SHORTINT = 28,
    OP_CALLGSUBR = 29,
    OP_VHCURVETO = 30,
    OP_HVCURVETO = 31,
    OP_HFLEX = 34, /* after OP_ESCAPE */
    OP_FLEX1 = 37,
    OP_FIXED = 255,
};

typedef struct Machine {
    const CffFont *cff;
    const CffPrivate *private;
    uint8_t *out;
    size_t len;
    uint32_t starts[STACK_LIMIT]; /* where each operand was written */
    size_t count;
    unsigned hints, depth;
    unsigned budget;
    bool width_known, width_only, ended;
    int width;
} Machine;

/* The operand's value (5177 table 1), its fraction cut off; *whole: it has none. */
static int32_t operand_value(const uint8_t *bytes, bool *whole)
{
    unsigned first = bytes[0];
    *whole = true;
    if (first == OP_SHORTINT)
        return read_i16(bytes + 1);
    if (first <= 246)
        return (int32_t)first - 139;
    if (first <= 250)
        return ((int32_t)first - 247) * 256 + bytes[1] + 108;
    if (first <= 254)
        return -((int32_t)first - 251) * 256 - bytes[1] - 108;
    *whole = read_u16(bytes + 3) == 0;
    return read_i16(bytes + 1);
}

/* The first operator that clears the stack has one operand too many when a width stands before its own. */
static bool take_width(Machine *machine, bool extra)
{
    if (machine->width_known)
        return true;
    bool whole = true;
    machine->width_known = true;
    machine->width = machine->private->default_width;
    if (extra)
        machine->width = machine->private->nominal_width + operand_value(machine->out + machine->starts[0], &whole);
    machine->ended = machine->width_only;
    return whole;
}

/* The size of an operand by its first byte [bytes] (5177 table 1); 0: an operator. */
#define ONES_16 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
static const uint8_t OPERAND_SIZES[256] = {
    0,       0,       0,       0,       0,       0,       0,       0,       0,       0,       0,       0,       0,
    0,       0,       0,       0,       0,       0,       0,       0,       0,       0,       0,       0,       0,
    0,       0,       3,       0,       0,       0,       ONES_16, ONES_16, ONES_16, ONES_16, ONES_16, ONES_16, ONES_16,
    ONES_16, ONES_16, ONES_16, ONES_16, ONES_16, ONES_16, 1,       1,       1,       1,       1,       1,       1,
    2,       2,       2,       2,       2,       2,       2,       2,       5,
};

/* Copies the operands from code.at[*at] on. */
static bool push_operands(Machine *machine, Slice code, size_t *at)
{
    const uint8_t *bytes = code.at + *at;
    size_t left = code.len - *at, len = machine->len, count = machine->count, end = 0, size;
    while (end < left && (size = OPERAND_SIZES[bytes[end]]) > 0) {
        if (count == STACK_LIMIT)
            return false;
        machine->starts[count++] = (uint32_t)(len + end);
        end += size;
    }
    size_t pushed = count - machine->count;
    if (end > left || end > CHARSTRING_LIMIT - len || machine->budget < pushed)
        return false;
    memcpy(machine->out + len, bytes, end);
    machine->budget -= (unsigned)pushed;
    machine->len = len + end;
    machine->count = count;
    *at += end;
    return true;
}

/* Stem hints: counted for the masks' lengths, and left out but for the width. */
static bool drop_stems(Machine *machine)
{
    bool extra = !machine->width_known && machine->count % 2 == 1;
    if (!take_width(machine, extra))
        return false;
    machine->hints += (unsigned)machine->count / 2;
    size_t kept = extra ? 1 : 0;
    if (machine->count > kept)
        machine->len = machine->starts[kept];
    machine->count = 0;
    return true;
}

static bool copy_operator(Machine *machine, const uint8_t *bytes, size_t count)
{
    machine->count = 0;
    if (CHARSTRING_LIMIT - machine->len < count)
        return false;
    for (size_t i = 0; i < count; i++)
        machine->out[machine->len++] = bytes[i];
    return true;
}

static bool run(Machine *machine, Slice code);

/* 5177 4.7: subroutine numbers are biased by the size of their INDEX. */
static bool call(Machine *machine, const CffIndex *subroutines)
{
    Slice body;
    if (machine->count == 0 || machine->depth == DEPTH_LIMIT)
        return false;
    uint32_t count = subroutines->count;
    bool whole;
    machine->count--;
    machine->len = machine->starts[machine->count];
    int32_t number = operand_value(machine->out + machine->len, &whole);
    number += count < 1240 ? 107 : count < 33900 ? 1131 : 32768;
    if (!whole || number < 0 || !cff_index_item(subroutines, (uint32_t)number, &body))
        return false;
    machine->depth++;
    bool sound = run(machine, body);
    machine->depth--;
    return sound;
}

/* One op; *at stands behind its first byte. */
static bool run_operator(Machine *machine, unsigned op, Slice code, size_t *at)
{
    const uint8_t *bytes = code.at + *at - 1;
    switch (op) {
    case OP_HSTEM:
    case OP_VSTEM:
    case OP_HSTEMHM:
    case OP_VSTEMHM:
        return drop_stems(machine);
    case OP_HINTMASK:
    case OP_CNTRMASK:
        if (!drop_stems(machine)) /* vertical stems may stand before the first mask without their operator */
            return false;
        *at += (machine->hints + 7) / 8;
        return *at <= code.len;
    case OP_RMOVETO:
        return take_width(machine, machine->count > 2) && copy_operator(machine, bytes, 1);
    case OP_HMOVETO:
    case OP_VMOVETO:
        return take_width(machine, machine->count > 1) && copy_operator(machine, bytes, 1);
    case OP_ENDCHAR:
        if (machine->count >= 4 && !machine->width_only) /* an accented letter: its outlines stand elsewhere */
            return false;
        if (!take_width(machine, machine->count % 2 == 1))
            return false;
        machine->ended = true;
        return copy_operator(machine, bytes, 1);
    case OP_ESCAPE:
        if (*at == code.len || code.at[*at] < OP_HFLEX || code.at[*at] > OP_FLEX1 || !machine->width_known)
            return false;
        *at += 1;
        return copy_operator(machine, bytes, 2);
    case OP_CALLSUBR:
        return call(machine, &machine->private->locals);
    case OP_CALLGSUBR:
        return call(machine, &machine->cff->globals);
    default:
        return false;
    }
}

static bool run(Machine *machine, Slice code)
{
    static const uint32_t PATHS = 1u << OP_RLINETO | 1u << OP_HLINETO | 1u << OP_VLINETO | 1u << OP_RRCURVETO |
                                  1u << OP_RCURVELINE | 1u << OP_RLINECURVE | 1u << OP_VVCURVETO | 1u << OP_HHCURVETO |
                                  1u << OP_VHCURVETO | 1u << OP_HVCURVETO;
    for (size_t at = 0; at < code.len && !machine->ended;) {
        if (!push_operands(machine, code, &at))
            return false;
        if (at == code.len)
            break;
        if (machine->budget-- == 0)
            return false;
        unsigned byte = code.at[at++];
        if (byte == OP_RETURN)
            return machine->depth > 0;
        bool sound = PATHS >> byte & 1 ? machine->width_known && copy_operator(machine, &code.at[at - 1], 1)
                                       : run_operator(machine, byte, code, &at);
        if (!sound)
            return false;
    }
    return machine->depth > 0 || machine->ended;
}

bool charstring_flatten(const CffFont *cff, const CffPrivate *private, Slice code, uint8_t *out, size_t *len,
                        int *width)
{
    Machine machine = {.cff = cff, .private = private, .out = out, .budget = BUDGET_LIMIT};
    if (!run(&machine, code))
        return false;
    *len = machine.len;
    *width = machine.width;
    return true;
}

bool charstring_width(const CffFont *cff, const CffPrivate *private, Slice code, int *width)
{
    uint8_t out[CHARSTRING_LIMIT];
    Machine machine = {.cff = cff, .private = private, .out = out, .budget = BUDGET_LIMIT, .width_only = true};
    if (!run(&machine, code))
        return false;
    *width = machine.width;
    return true;
}
