# What every target of the project is compiled with.
add_library(elic_options INTERFACE)
target_compile_options(elic_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wunused-result
                                              -Wvla -Wformat=2
                                              # designated initialisers leave the rest at their defaults
                                              -Wno-missing-field-initializers)
if(ELIC_WERROR)
  target_compile_options(elic_options INTERFACE -Werror)
endif()
if(ELIC_SANITIZE)
  target_compile_options(elic_options INTERFACE -fsanitize=${ELIC_SANITIZE} -fno-sanitize-recover=all
                                                -fno-omit-frame-pointer)
  target_link_options(elic_options INTERFACE -fsanitize=${ELIC_SANITIZE})
endif()
if(ELIC_FUZZ)
  target_compile_options(elic_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
