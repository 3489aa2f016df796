/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-pinyin.h"

#include <string.h>

static void
check (const char *text, const char *expected)
{
  g_autofree char *initials = lz_pinyin_initials (text);

  if (g_strcmp0 (initials, expected) != 0)
    g_error ("%s: %s instead of %s", text, initials, expected);
}

/* Each word has a character that is read otherwise elsewhere. */
static void
test_many_readings (void)
{
  static const char *const table[][2] = {
    { "行道树", "xds" },
    { "人行道", "rxd" },
    { "车行道", "cxd" },
    { "非机动车行道", "fjdcxd" },
    { "机动车行驶", "jdcxs" },
    { "通行长度", "txcd" },
    { "行人", "xr" },
    { "银行", "yh" },
    { "银行行长", "yhhz" },
    { "农业银行门前", "nyyhmq" },
    { "行业", "hy" },
    { "重复", "cf" },
    { "重新整改", "cxzg" },
    { "严重复发", "yzff" },
    { "重点", "zd" },
    { "重阳路", "cyl" },
    { "载重", "zz" },
    { "路长", "lz" },
    { "一级路长", "yjlz" },
    { "长度", "cd" },
    { "长江路", "cjl" },
    { "马路长期占用", "mlcqzy" },
    { "道路长约", "dlcy" },
    { "校长", "xz" },
    { "校对", "jd" },
    { "学校", "xx" },
    { "音乐", "yy" },
    { "乐园", "ly" },
    { "大厦", "ds" },
    { "厦门", "xm" },
    { "朝阳路", "cyl" },
    { "都市", "ds" },
    { "成都", "cd" },
    { "便民", "bm" },
    { "便宜", "py" },
    { "装卸", "zx" },
    { "调整", "tz" },
    { "调查", "dc" },
    { "空调外机", "ktwj" },
    { "单位", "dw" },
    { "单县", "sx" },
    { "曾庄", "zz" },
    { "未曾", "wc" },
    { "会计", "kj" },
    { "社会", "sh" },
    { "堵塞", "ds" },
    { "西藏路", "xzl" },
    { "收藏", "sc" },
    { "人参", "rs" },
    { "参数", "cs" },
    { "传单", "cd" },
    { "角落", "jl" },
    { "散落", "sl" },
    { "铺装", "pz" },
    { "反弹", "ft" },
    { "泊位", "bw" },
    { "湖泊", "hp" },
    { "给水", "js" },
    { "移交给水务局", "yjgswj" },
    { "窨井", "yj" },
    { "中牟县", "zmx" },
    { "尉氏", "ws" },
    { "铅山", "ys" },
    { "降雨", "jy" },
    { "停车", "tc" },
    { "转角", "zj" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    check (table[i][0], table[i][1]);
}

/* Streets and places of 贵溪 and 登封. */
static void
test_streets (void)
{
  static const char *const table[][2] = {
    { "冶金大道", "yjdd" },  { "建设路", "jsl" },    { "雄石路", "xsl" },
    { "柏里大道", "bldd" },  { "信江大桥", "xjdq" }, { "烧箕山东路", "sjsdl" },
    { "弋阳县", "yyx" },     { "沿河路", "yhl" },    { "鹰雄大道", "yxdd" },
    { "中畈-樟坪", "zfzp" }, { "206省道", "206sd" }, { "皖赣线", "wgx" },
    { "少林大道", "sldd" },  { "颍河路", "yhl" },    { "嵩阳街道", "syjd" },
    { "君召乡", "jzx" },     { "长春园", "ccy" },    { "少室路", "ssl" },
    { "磴槽", "dc" },        { "日眕街", "rzj" },    { "垌头", "dt" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    check (table[i][0], table[i][1]);
}

static void
test_other_text (void)
{
  check ("", "");
  check ("K0+425 左侧 3 m", "k0425zc3m");
  check ("ＡＢ１２（东）", "ab12d");
  check ("二〇二六年", "eleln");
  check ("，。、· —", "");
  check ("㐀", "q");
  check ("Straße", "strae");
  check ("坏\xff\xfe的", "hd");
  check ("\xe8\xa1", "");
}

/* Each of the 6763 characters of GB 2312, which holds all in daily use, has a reading. */
static void
test_gb2312 (void)
{
  guint n = 0;

  for (guint row = 0xb0; row <= 0xf7; row++)
    for (guint cell = 0xa1; cell <= 0xfe; cell++)
      {
        const char bytes[] = { (char) row, (char) cell };
        g_autofree char *text = g_convert (bytes, 2, "UTF-8", "GB2312", NULL, NULL, NULL);
        g_autofree char *initials = NULL;

        if (text == NULL)
          continue; /* the last five places of row D7 are empty */

        initials = lz_pinyin_initials (text);
        if (strlen (initials) != 1 || !g_ascii_islower (initials[0]))
          g_error ("%s: %s", text, initials);
        n++;
      }

  g_assert_cmpuint (n, ==, 6763);
}

/* Together they give no fewer letters than one by one. */
static void
test_length (void)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *initials = NULL;
      guint n = (guint) g_test_rand_int_range (1, 12);
      gsize alone = 0;

      for (guint j = 0; j < n; j++)
        {
          gsize before = text->len;
          g_autofree char *one = NULL;

          g_string_append_unichar (text, (gunichar) g_test_rand_int_range (0x3400, 0xa000));
          one = lz_pinyin_initials (text->str + before);
          alone += strlen (one);
        }
      initials = lz_pinyin_initials (text->str);
      g_assert_cmpuint (strlen (initials), ==, alone);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/pinyin/many-readings", test_many_readings);
  g_test_add_func ("/core/pinyin/streets", test_streets);
  g_test_add_func ("/core/pinyin/other-text", test_other_text);
  g_test_add_func ("/core/pinyin/gb2312", test_gb2312);
  g_test_add_func ("/core/pinyin/length", test_length);

  return g_test_run ();
}
