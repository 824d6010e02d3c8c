# Every library comes from a Debian package; ./dev installs them.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(PostgreSQL 15 REQUIRED)
find_package(nlohmann_json 3.11 CONFIG REQUIRED)
find_package(tl-expected CONFIG REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS filesystem context)
find_package(yaml-cpp CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(fmt CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(pegtl CONFIG REQUIRED)
# The layout of cpp-httplib's classes depends on macros that only pkg-config knows: always this target.
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlidec)
pkg_check_modules(GMIME REQUIRED IMPORTED_TARGET gmime-3.0)
pkg_check_modules(GLIB REQUIRED IMPORTED_TARGET glib-2.0)  # GMime brings it along
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
# Its options (-pthread, -D_LARGEFILE64_SOURCE) mean nothing on a 64-bit glibc system, but a file that is compiled with them cannot
# share the precompiled headers.
set_property(TARGET PkgConfig::GMIME PROPERTY INTERFACE_COMPILE_OPTIONS "")
# A simulated world is made of small strings and trees: with this allocator the suite takes a third less of the processor. Sanitizers have their own.
set(CASEWIRE_ALLOCATOR)
if(NOT CASEWIRE_SANITIZE)
  find_package(mimalloc 2.0 CONFIG REQUIRED)
  set(CASEWIRE_ALLOCATOR mimalloc)
endif()
