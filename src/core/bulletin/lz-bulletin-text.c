/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-bulletin"

#include "config.h"

#include "lz-bulletin-text.h"
#include "lz-wire.h"

#include <string.h>

static void
paragraph_free (gpointer data)
{
  LzParagraph *paragraph = data;

  g_free (paragraph->rule);
  g_free (paragraph->text);
  g_free (paragraph);
}

static void
section_free (gpointer data)
{
  LzBulletinSection *section = data;

  g_free (section->key);
  g_free (section->heading);
  g_ptr_array_unref (section->paragraphs);
  g_free (section);
}

LzBulletinText *
lz_bulletin_text_new (void)
{
  LzBulletinText *self = g_new0 (LzBulletinText, 1);

  self->sections = g_ptr_array_new_with_free_func (section_free);
  self->cases = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_typical_case_free);
  return self;
}

void
lz_bulletin_text_free (LzBulletinText *self)
{
  if (self == NULL)
    return;

  g_free (self->number);
  g_free (self->title);
  g_free (self->addressee);
  g_free (self->opening);
  g_ptr_array_unref (self->sections);
  g_free (self->date);
  g_free (self->tables_title);
  g_free (self->cases_title);
  g_ptr_array_unref (self->cases);
  g_clear_pointer (&self->said, g_hash_table_unref);
  g_free (self);
}

LzBulletinSection *
lz_bulletin_text_add_section (LzBulletinText *self, const char *key, const char *heading)
{
  LzBulletinSection *section = g_new0 (LzBulletinSection, 1);

  section->key = g_strdup (key);
  section->heading = g_strdup (heading);
  section->paragraphs = g_ptr_array_new_with_free_func (paragraph_free);
  g_ptr_array_add (self->sections, section);
  return section;
}

LzParagraph *
lz_bulletin_section_add (LzBulletinSection *self, const char *rule, const char *text)
{
  LzParagraph *paragraph = g_new0 (LzParagraph, 1);

  paragraph->rule = g_strdup (rule);
  paragraph->text = g_strdup (text);
  g_ptr_array_add (self->paragraphs, paragraph);
  return paragraph;
}

/* -- typical cases ------------------------------------------------------------------------------
 */

/* Its texts, under the names by which they are stored. */
static const struct
{
  const char *key;
  gsize offset;
} case_texts[] = {
  { "number", G_STRUCT_OFFSET (LzTypicalCase, number) },
  { "category", G_STRUCT_OFFSET (LzTypicalCase, category) },
  { "place", G_STRUCT_OFFSET (LzTypicalCase, place) },
  { "unit", G_STRUCT_OFFSET (LzTypicalCase, unit) },
  { "text", G_STRUCT_OFFSET (LzTypicalCase, text) },
  { "outcome", G_STRUCT_OFFSET (LzTypicalCase, outcome) },
  { "before", G_STRUCT_OFFSET (LzTypicalCase, before) },
  { "after", G_STRUCT_OFFSET (LzTypicalCase, after) },
};

/* The words around the sections. */
static const struct
{
  const char *key;
  gsize offset;
} own_texts[] = {
  { "number", G_STRUCT_OFFSET (LzBulletinText, number) },
  { "title", G_STRUCT_OFFSET (LzBulletinText, title) },
  { "addressee", G_STRUCT_OFFSET (LzBulletinText, addressee) },
  { "opening", G_STRUCT_OFFSET (LzBulletinText, opening) },
  { "date", G_STRUCT_OFFSET (LzBulletinText, date) },
  { "tables_title", G_STRUCT_OFFSET (LzBulletinText, tables_title) },
  { "cases_title", G_STRUCT_OFFSET (LzBulletinText, cases_title) },
};

#define TEXT_AT(of, offset) ((char **) G_STRUCT_MEMBER_P (of, offset))

LzTypicalCase *
lz_typical_case_new (void)
{
  return g_new0 (LzTypicalCase, 1);
}

LzTypicalCase *
lz_typical_case_copy (const LzTypicalCase *self)
{
  LzTypicalCase *copy = lz_typical_case_new ();

  copy->id = self->id;
  for (guint i = 0; i < G_N_ELEMENTS (case_texts); i++)
    *TEXT_AT (copy, case_texts[i].offset) = g_strdup (*TEXT_AT (self, case_texts[i].offset));
  return copy;
}

void
lz_typical_case_free (LzTypicalCase *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (case_texts); i++)
    g_free (*TEXT_AT (self, case_texts[i].offset));
  g_free (self);
}

/* -- as JSON ------------------------------------------------------------------------------------
 */

static void
put_text (JsonObject *json, const char *key, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (json, key, text);
}

static JsonObject *
write_section (const LzBulletinSection *section)
{
  JsonObject *json = json_object_new ();
  JsonArray *paragraphs = json_array_new ();

  put_text (json, "key", section->key);
  put_text (json, "heading", section->heading);
  for (guint i = 0; i < section->paragraphs->len; i++)
    {
      const LzParagraph *paragraph = g_ptr_array_index (section->paragraphs, i);
      JsonObject *entry = json_object_new ();

      put_text (entry, "rule", paragraph->rule);
      put_text (entry, "text", paragraph->text);
      json_object_set_int_member (entry, "edited", paragraph->edited ? 1 : 0);
      json_array_add_object_element (paragraphs, entry);
    }
  json_object_set_array_member (json, "paragraphs", paragraphs);
  return json;
}

static JsonObject *
write_case (const LzTypicalCase *of)
{
  JsonObject *json = json_object_new ();
  g_autofree char *id = lz_id_dup_string (&of->id);

  put_text (json, "id", id);
  for (guint i = 0; i < G_N_ELEMENTS (case_texts); i++)
    put_text (json, case_texts[i].key, *TEXT_AT (of, case_texts[i].offset));
  return json;
}

static JsonObject *
write_said (GHashTable *said)
{
  JsonObject *json = json_object_new ();
  GHashTableIter iter;
  gpointer token, text;

  g_hash_table_iter_init (&iter, said);
  while (g_hash_table_iter_next (&iter, &token, &text))
    put_text (json, token, text);
  return json;
}

JsonObject *
lz_bulletin_text_write (const LzBulletinText *self)
{
  JsonObject *json = json_object_new ();
  JsonArray *sections = json_array_new ();
  JsonArray *cases = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (own_texts); i++)
    put_text (json, own_texts[i].key, *TEXT_AT (self, own_texts[i].offset));
  for (guint i = 0; i < self->sections->len; i++)
    json_array_add_object_element (sections, write_section (g_ptr_array_index (self->sections, i)));
  for (guint i = 0; i < self->cases->len; i++)
    json_array_add_object_element (cases, write_case (g_ptr_array_index (self->cases, i)));
  json_object_set_array_member (json, "sections", sections);
  json_object_set_array_member (json, "cases", cases);
  if (self->said != NULL)
    json_object_set_object_member (json, "said", write_said (self->said));
  return json;
}

/* The @index-th member of a list, if it is an object. */
static JsonObject *
get_entry (JsonArray *list, guint index)
{
  JsonNode *node = json_array_get_element (list, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
read_section (LzBulletinText *self, JsonObject *json)
{
  LzBulletinSection *section =
      lz_bulletin_text_add_section (self, lz_json_get_text (json, "key", ""),
                                    lz_json_get_text (json, "heading", ""));
  JsonArray *paragraphs = lz_json_get_array (json, "paragraphs");

  for (guint i = 0; paragraphs != NULL && i < json_array_get_length (paragraphs); i++)
    {
      JsonObject *entry = get_entry (paragraphs, i);
      LzParagraph *paragraph;

      if (entry == NULL)
        continue;
      paragraph = lz_bulletin_section_add (section, lz_json_get_text (entry, "rule", NULL),
                                           lz_json_get_text (entry, "text", ""));
      paragraph->edited = lz_json_get_int (entry, "edited", 0) != 0;
    }
}

static void
read_case (LzBulletinText *self, JsonObject *json)
{
  g_autoptr (LzTypicalCase) of = lz_typical_case_new ();

  if (!lz_id_parse (lz_json_get_text (json, "id", ""), &of->id))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (case_texts); i++)
    *TEXT_AT (of, case_texts[i].offset) =
        g_strdup (lz_json_get_text (json, case_texts[i].key, NULL));
  g_ptr_array_add (self->cases, g_steal_pointer (&of));
}

static void
read_said (LzBulletinText *self, JsonObject *json)
{
  g_autoptr (GList) tokens = json_object_get_members (json);

  self->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (GList *link = tokens; link != NULL; link = link->next)
    g_hash_table_insert (self->said, g_strdup (link->data),
                         g_strdup (lz_json_get_text (json, link->data, "")));
}

LzBulletinText *
lz_bulletin_text_read (JsonObject *json)
{
  LzBulletinText *self = lz_bulletin_text_new ();
  JsonArray *sections = lz_json_get_array (json, "sections");
  JsonArray *cases = lz_json_get_array (json, "cases");
  JsonNode *said = json_object_get_member (json, "said");

  for (guint i = 0; i < G_N_ELEMENTS (own_texts); i++)
    *TEXT_AT (self, own_texts[i].offset) =
        g_strdup (lz_json_get_text (json, own_texts[i].key, NULL));
  for (guint i = 0; sections != NULL && i < json_array_get_length (sections); i++)
    if (get_entry (sections, i) != NULL)
      read_section (self, get_entry (sections, i));
  for (guint i = 0; cases != NULL && i < json_array_get_length (cases); i++)
    if (get_entry (cases, i) != NULL)
      read_case (self, get_entry (cases, i));
  if (said != NULL && JSON_NODE_HOLDS_OBJECT (said))
    read_said (self, json_node_get_object (said));
  return self;
}

LzBulletinText *
lz_bulletin_text_copy (const LzBulletinText *self)
{
  g_autoptr (JsonObject) json = lz_bulletin_text_write (self);

  return lz_bulletin_text_read (json);
}
