#pragma once
// What composing and parsing share of GMime: its start, and owners of its objects. Of this folder only. It is loaded with the first mail
// (late_library.hpp): with what it brings along (GIO, GnuPG) it is half of all libraries, and a lone fake Salesforce never calls it. Whoever calls more of it names it here.

#include <gmime/gmime.h>

#include <memory>
#include <string>

#include "base/late/glib.hpp"

namespace casewire::sim::mail {

constinit inline LateLibrary libgmime{"libgmime-3.0.so.0", "libgmime-3.0-0"};

CASEWIRE_LATE_FUNCTION(libgmime, g_mime_content_type_get_media_subtype)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_content_type_get_media_type)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_content_type_get_mime_type)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_content_type_is_type)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_content_type_parse)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_data_wrapper_get_encoding)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_data_wrapper_get_stream)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_data_wrapper_new_with_stream)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_data_wrapper_write_to_stream)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_format_options_free)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_format_options_new)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_format_options_set_newline_format)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_header_get_name)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_header_get_raw_value)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_header_get_value)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_header_list_get_count)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_header_list_get_header_at)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_init)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_message_add_mailbox)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_message_get_date)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_message_get_message_id)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_message_get_mime_part)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_message_get_subject)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_message_new)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_message_part_get_message)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_message_part_get_type)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_message_set_mime_part)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_message_set_subject)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_multipart_add)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_multipart_get_count)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_multipart_get_part)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_multipart_get_prologue)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_multipart_get_type)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_multipart_new_with_subtype)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_multipart_set_boundary)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_object_get_content_type)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_object_get_content_type_parameter)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_object_get_disposition)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_object_get_header)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_object_get_header_list)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_object_get_type)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_object_set_disposition)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_object_set_header)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_object_to_string)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_parser_construct_message)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_parser_new_with_stream)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_part_get_content)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_part_get_content_id)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_part_get_filename)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_part_get_type)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_part_new_with_type)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_part_set_content)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_part_set_content_encoding)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_part_set_content_id)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_part_set_filename)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_references_free)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_references_get_message_id)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_references_length)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_references_parse)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_stream_mem_get_byte_array)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_stream_mem_get_type)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_stream_mem_new)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_stream_mem_new_with_buffer)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_stream_reset)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_stream_write_to_stream)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_text_part_new_with_subtype)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_text_part_set_charset)
CASEWIRE_LATE_FUNCTION(libgmime, g_mime_utils_header_decode_phrase)
// GObject and GLib come along with it.
CASEWIRE_LATE_FUNCTION(libgmime, g_object_unref)
CASEWIRE_LATE_FUNCTION(libgmime, g_type_check_instance_cast)
CASEWIRE_LATE_FUNCTION(libgmime, g_type_check_instance_is_a)
CASEWIRE_LATE_FUNCTION(libgmime, g_date_time_to_unix)

/// GMime's parser recurses once per nested multipart or mail; both run on fibers with small stacks.
inline constexpr std::size_t kNestingMax = 32;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;
template <class T>
Owned<T> own(T* object) {
  return Owned<T>{object};
}
struct Free {
  void operator()(char* text) const { g_free(text); }
};

inline void start_gmime() {
  static const bool started = (g_mime_init(), true);
  (void)started;
}

/// The decoded bytes of a part.
std::string bytes_of(GMimeDataWrapper* content);
/// Null is empty; what is no UTF-8 is cleaned.
std::string text_or_empty(const char* text);

}  // namespace casewire::sim::mail
