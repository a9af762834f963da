// The smallest program that hosts picture decoders; tests and the fuzzer start it in the server's place.
#include "media/decoder_pool.hpp"

int main() {
    return fitview::media::decode_worker_main();
}
