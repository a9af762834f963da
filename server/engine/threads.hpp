#pragma once
// How the engine uses the machine.
namespace fitview::engine {

/// Keeps the image library to one thread per call: the server renders several try-ons at once, and results must not
/// depend on how work was split. To be called once at the start of a program, before other threads.
void use_one_thread_per_call();

}  // namespace fitview::engine
