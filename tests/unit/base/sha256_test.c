/* Tests of base/sha256.h: the examples of FIPS 180-4, and the two ways of taking blocks against one another. */
#include <string.h>

#include "base/sha256.h"
#include "base/sha256_int.h"
#include "base_tests.h"

START_TEST(published_examples)
{
    static const struct {
        const char *text, *hex;
    } CASES[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char hex[SHA256_HEX];
        sha256_hex_of(CASES[i].text, strlen(CASES[i].text), hex);
        ck_assert_str_eq(hex, CASES[i].hex);
    }
    Sha256 hash; /* a million times "a", in pieces of all sizes */
    char hex[SHA256_HEX], pieces[257];
    memset(pieces, 'a', sizeof pieces);
    sha256_begin(&hash);
    for (size_t done = 0, size = 1; done < 1000000; done += size, size = size % 257 + 1) {
        size = size < 1000000 - done ? size : 1000000 - done;
        sha256_add(&hash, pieces, size);
    }
    sha256_end_hex(&hash, hex);
    ck_assert_str_eq(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

START_TEST(both_ways_agree)
{
    Random random = {.state = 7};
    unsigned char bytes[64 * 9];
    for (size_t round = 0; round < 200; round++) {
        uint32_t plain[8], fast[8];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (unsigned char)random_next(&random);
        for (size_t i = 0; i < 8; i++)
            plain[i] = fast[i] = (uint32_t)random_next(&random);
        sha256_plain_blocks(plain, bytes, round % 10);
        if (sha256_fast_there())
            sha256_fast_blocks(fast, bytes, round % 10);
        else
            sha256_plain_blocks(fast, bytes, round % 10);
        ck_assert_mem_eq(plain, fast, sizeof plain);
    }
}
END_TEST

START_TEST(sequences_stay_apart)
{
    Sha256 one, two;
    unsigned char a[SHA256_BYTES], b[SHA256_BYTES];
    sha256_begin(&one);
    sha256_begin(&two);
    sha256_add_text(&one, "ab");
    sha256_add_text(&one, "c");
    sha256_add_text(&two, "a");
    sha256_add_text(&two, "bc");
    sha256_end(&one, a);
    sha256_end(&two, b);
    ck_assert_mem_ne(a, b, sizeof a);
}
END_TEST

Suite *sha256_suite(void)
{
    Suite *suite = suite_create("sha256");
    TCase *cases = tcase_create("sha256");
    tcase_add_test(cases, published_examples);
    tcase_add_test(cases, both_ways_agree);
    tcase_add_test(cases, sequences_stay_apart);
    suite_add_tcase(suite, cases);
    return suite;
}
