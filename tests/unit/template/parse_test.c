#include "template_tests.h"
TCase *parse_tests(void)
{
    return tcase_create("parse");
}
TCase *expand_tests(void)
{
    return tcase_create("expand");
}
TCase *table_tests(void)
{
    return tcase_create("table");
}
TCase *style_tests(void)
{
    return tcase_create("style");
}
