# What issues and verifies runs under a filter of the kernel that kills at the first use of a socket.
find_package(PkgConfig REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
add_executable(no_network ${CMAKE_CURRENT_LIST_DIR}/no_network.cpp)
target_link_libraries(no_network PRIVATE PkgConfig::seccomp elic_options)
add_executable(opens_socket ${CMAKE_CURRENT_LIST_DIR}/opens_socket.cpp)
target_link_libraries(opens_socket PRIVATE elic_options)
add_test(NAME airgap COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/airgap.py $<TARGET_FILE:no_network>
                             $<TARGET_FILE:opens_socket> $<TARGET_FILE:elic_fixed_clock> ${PROJECT_SOURCE_DIR})
set_tests_properties(airgap PROPERTIES LABELS airgap TIMEOUT 600)
