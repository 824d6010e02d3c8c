#pragma once
// libzip, loaded with the first zip (late_library.hpp). Whoever calls more of it names it here.

#include <zip.h>

#include "base/late/late_library.hpp"

namespace casewire::scenarios {

constinit inline LateLibrary libzip{"libzip.so.4", "libzip4"};

CASEWIRE_LATE_FUNCTION(libzip, zip_close)
CASEWIRE_LATE_FUNCTION(libzip, zip_discard)
CASEWIRE_LATE_FUNCTION(libzip, zip_error_init)
CASEWIRE_LATE_FUNCTION(libzip, zip_fclose)
CASEWIRE_LATE_FUNCTION(libzip, zip_file_add)
CASEWIRE_LATE_FUNCTION(libzip, zip_file_set_dostime)
CASEWIRE_LATE_FUNCTION(libzip, zip_fopen_index)
CASEWIRE_LATE_FUNCTION(libzip, zip_fread)
CASEWIRE_LATE_FUNCTION(libzip, zip_get_name)
CASEWIRE_LATE_FUNCTION(libzip, zip_get_num_entries)
CASEWIRE_LATE_FUNCTION(libzip, zip_open)
CASEWIRE_LATE_FUNCTION(libzip, zip_open_from_source)
CASEWIRE_LATE_FUNCTION(libzip, zip_source_buffer)
CASEWIRE_LATE_FUNCTION(libzip, zip_source_buffer_create)
CASEWIRE_LATE_FUNCTION(libzip, zip_source_free)

}  // namespace casewire::scenarios
