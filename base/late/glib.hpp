#pragma once
// GLib's tables of Unicode, loaded when they are first asked (late_library.hpp). Whoever calls more of it names it here.

#include <glib.h>

#include "base/late/late_library.hpp"

namespace casewire {

constinit inline LateLibrary libglib{"libglib-2.0.so.0", "libglib2.0-0"};

CASEWIRE_LATE_FUNCTION(libglib, g_free)
CASEWIRE_LATE_FUNCTION(libglib, g_unichar_digit_value)
CASEWIRE_LATE_FUNCTION(libglib, g_unichar_fully_decompose)
CASEWIRE_LATE_FUNCTION(libglib, g_unichar_get_script)
CASEWIRE_LATE_FUNCTION(libglib, g_unichar_isalnum)
CASEWIRE_LATE_FUNCTION(libglib, g_unichar_tolower)
CASEWIRE_LATE_FUNCTION(libglib, g_unichar_toupper)
CASEWIRE_LATE_FUNCTION(libglib, g_unichar_type)
CASEWIRE_LATE_FUNCTION(libglib, g_utf8_normalize)
CASEWIRE_LATE_FUNCTION(libglib, g_utf8_strdown)

}  // namespace casewire
