#include "sim/salesforce/schema/packed.hpp"

#include <cstdint>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace casewire::sim::salesforce {
namespace {

// The parts of each kind, in the order in which they are written and read.
template <class Each, class OfField>
requires std::is_same_v<std::remove_const_t<OfField>, Field>
void each_part(Each& each, OfField& field) {
  each(field.name, field.label, field.type, field.type_name, field.length, field.digits, field.precision, field.scale,
       field.bytes_max, field.nillable, field.createable, field.updateable, field.defaulted, field.filterable, field.sortable,
       field.groupable, field.id_lookup, field.external_id, field.unique, field.case_sensitive, field.auto_number,
       field.restricted, field.custom, field.values, field.default_value, field.references, field.relationship);
}

template <class Each, class OfChild>
requires std::is_same_v<std::remove_const_t<OfChild>, ChildRelationship>
void each_part(Each& each, OfChild& child) { each(child.name, child.object, child.field, child.cascade_delete); }

template <class Each, class OfType>
requires std::is_same_v<std::remove_const_t<OfType>, SObjectType>
void each_part(Each& each, OfType& type) {
  each(type.name, type.label, type.plural, type.key_prefix, type.createable, type.updateable, type.deletable, type.queryable,
       type.custom, type.searchable, type.replicateable, type.recycle_bin, type.fields, type.children, type.unmodelled);
}

constexpr unsigned kBitsPerByte = 7;  // the eighth says that more follow

class Packer {
 public:
  template <class... Parts>
  void operator()(const Parts&... parts) {
    (put(parts), ...);
  }
  std::string take() { return std::move(bytes_); }

 private:
  void put(std::size_t number) {
    for (; number >> kBitsPerByte != 0; number >>= kBitsPerByte) bytes_ += static_cast<char>(number | 1u << kBitsPerByte);
    bytes_ += static_cast<char>(number);
  }
  void put(bool flag) { put(std::size_t{flag}); }
  void put(FieldType type) { put(static_cast<std::size_t>(type)); }
  void put(const std::string& text) {
    put(text.size());
    bytes_ += text;
  }
  template <class Part>
  void put(const std::vector<Part>& list) {
    put(list.size());
    for (const Part& part : list) put(part);
  }
  template <class Whole>
  void put(const Whole& whole) {
    each_part(*this, whole);
  }

  std::string bytes_;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}
  template <class... Parts>
  void operator()(Parts&... parts) {
    (take(parts), ...);
  }

 private:
  std::string_view take_bytes(std::size_t count) {
    if (count > rest_.size()) throw std::out_of_range("a packed schema ends too early");
    const auto bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
  }
  std::size_t take_number() {
    std::size_t number = 0;
    for (unsigned shift = 0;; shift += kBitsPerByte) {
      const auto byte = static_cast<std::uint8_t>(take_bytes(1).front());
      number |= std::size_t{byte & ((1u << kBitsPerByte) - 1)} << shift;
      if (byte >> kBitsPerByte == 0) return number;
    }
  }
  void take(std::size_t& number) { number = take_number(); }
  void take(bool& flag) { flag = take_number() != 0; }
  void take(FieldType& type) { type = static_cast<FieldType>(take_number()); }
  void take(std::string& text) { text = take_bytes(take_number()); }
  template <class Part>
  void take(std::vector<Part>& list) {
    list.resize(take_number());
    for (Part& part : list) take(part);
  }
  template <class Whole>
  void take(Whole& whole) {
    each_part(*this, whole);
  }

  std::string_view rest_;
};

}  // namespace

std::string pack(const Schema& schema) {
  Packer pack;
  pack(schema.types(), schema.unmodelled());
  return pack.take();
}

Schema unpack(std::string_view bytes) {
  std::vector<SObjectType> types;
  std::vector<std::string> unmodelled;
  Unpacker{bytes}(types, unmodelled);
  return {std::move(types), std::move(unmodelled)};
}

}  // namespace casewire::sim::salesforce
