// fuzz: reflect
// Bearer tokens: no text but one this shop signed may be believed.
#include <cstdint>
#include <cstdlib>
#include <string_view>

// The unit alone: its library would bring the whole HTTP layer and minutes of building.
#include "identity/token.cpp"  // NOLINT(bugprone-suspicious-include)

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fitview::identity::TokenSigner signer(fitview::Secret("the fuzzer does not know this"), {},
                                                       fitview::system_clock());
    const auto verified = signer.verify({reinterpret_cast<const char*>(data), size});
    if (std::holds_alternative<fitview::identity::Claims>(verified)) std::abort();
    return 0;
}
