#include "scenarios/evidence/archive.hpp"

#include <array>
#include <memory>

#include "scenarios/evidence/libzip.hpp"

namespace casewire::scenarios {
namespace {

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

bool is_zip(std::string_view bytes) { return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06"); }

Result<std::vector<NamedBytes>> unpacked(std::string_view zip, std::string_view file, std::size_t bytes_max) {
  const auto broken = [&](std::string problem) {
    return fail(Diagnostic{.where = {std::string(file), {}}, .problem = std::move(problem)});
  };
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(zip.data(), zip.size(), 0, &error);
  const std::unique_ptr<zip_t, Discard> archive(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
  if (archive == nullptr) {
    zip_source_free(source);
    return broken("the zip is damaged");
  }
  std::vector<NamedBytes> files;
  std::size_t total = 0;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive.get(), 0); ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    const char* name = zip_get_name(archive.get(), index, ZIP_FL_ENC_GUESS);
    NamedBytes one{.name = name == nullptr ? std::string() : name, .bytes = {}};
    if (one.name.empty() || one.name.ends_with('/')) continue;
    const std::unique_ptr<zip_file_t, Discard> inside(zip_fopen_index(archive.get(), index, 0));
    if (inside == nullptr) return broken("the file " + one.name + " in the zip cannot be read: it is damaged, or has a password");
    std::array<char, 64 * 1024> piece;
    zip_int64_t count = 0;
    while ((count = zip_fread(inside.get(), piece.data(), piece.size())) > 0) {
      total += static_cast<std::size_t>(count);
      if (total > bytes_max) return broken("the zip unpacks to more than " + std::to_string(bytes_max >> 20) + " MB");
      one.bytes.append(piece.data(), static_cast<std::size_t>(count));
    }
    if (count < 0) return broken("the file " + one.name + " in the zip is damaged");
    files.push_back(std::move(one));
  }
  return files;
}

bool write_zip(const std::string& path, const std::vector<NamedBytes>& files) {
  int error = 0;
  std::unique_ptr<zip_t, Discard> archive(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error));
  if (archive == nullptr) return false;
  for (const NamedBytes& file : files) {
    zip_source_t* source = zip_source_buffer(archive.get(), file.bytes.data(), file.bytes.size(), 0);
    const zip_int64_t at = zip_file_add(archive.get(), file.name.c_str(), source, ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
    if (at < 0) {
      zip_source_free(source);
      return false;
    }
    constexpr zip_uint16_t kMidnightOf1980 = 0x21;  // the first day that the format knows
    zip_file_set_dostime(archive.get(), static_cast<zip_uint64_t>(at), 0, kMidnightOf1980, 0);
  }
  return zip_close(archive.release()) == 0;
}

}  // namespace casewire::scenarios
