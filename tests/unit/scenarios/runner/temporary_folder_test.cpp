#include "scenarios/runner/temporary_folder.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

namespace casewire::scenarios {
namespace {

// Names of their own: other tests may run beside these.

TEST(TemporaryFolder, GoesWithItsOwner) {
  std::string path;
  {
    const TemporaryFolder folder("casewire-test-goes");
    path = folder.path();
    EXPECT_TRUE(std::filesystem::is_directory(path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TemporaryFolder, IsNotSweptWhileItIsInUse) {
  const TemporaryFolder folder("casewire-test-used");
  EXPECT_EQ(sweep_temporary_folders("casewire-test-used"), 0u);
  EXPECT_TRUE(std::filesystem::is_directory(folder.path()));
}

TEST(TemporaryFolder, IsSweptWithItsContentOnceItsOwnerIsGone) {
  const auto left = std::filesystem::temp_directory_path() / "casewire-test-left-aB3dE6";
  std::filesystem::create_directories(left / "deep");
  std::ofstream(left / "deep" / "store.db") << "bytes";
  const auto other = std::filesystem::temp_directory_path() / "casewire-test-left-behind-aB3dE6";
  std::filesystem::create_directories(other);
  EXPECT_EQ(sweep_temporary_folders("casewire-test-left"), 1u);
  EXPECT_FALSE(std::filesystem::exists(left));
  EXPECT_TRUE(std::filesystem::exists(other)) << "a longer name is somebody else's";
  std::filesystem::remove(other);
}

}  // namespace
}  // namespace casewire::scenarios
