// Of the build: reads schema/standard.json and writes a source file with its objects, packed. What is wrong in it fails the build,
// by file, line and column.

#include <fstream>
#include <iostream>
#include <sstream>

#include "sim/salesforce/schema/packed.hpp"

int main(int argc, char** argv) {
  using namespace casewire;
  if (argc != 2) {
    std::cerr << "usage: casewire_pack_standard standard.json\n";
    return 2;
  }
  std::ifstream in(argv[1], std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  const auto schema = sim::salesforce::Schema::read(text.str(), argv[1]);
  if (!schema) {
    std::cerr << render(schema.error(), text.str());
    return 1;
  }
  std::cout << "#include \"sim/salesforce/schema/packed.hpp\"\n\nnamespace casewire::sim::salesforce {\nnamespace {\n"
               "constexpr unsigned char kBytes[] = {";
  for (const char byte : sim::salesforce::pack(*schema))
    std::cout << static_cast<unsigned>(static_cast<unsigned char>(byte)) << ',';
  std::cout << "};\n}  // namespace\n\n"
               "Schema Schema::standard() { return unpack({reinterpret_cast<const char*>(kBytes), sizeof kBytes}); }\n\n"
               "}  // namespace casewire::sim::salesforce\n";
}
