# The installed package: find_package(elic COMPONENTS verify | document | qr | issue | issue_document | elic) gives elic::verify, elic::document,
# elic::qr, elic::issue, elic::issue_document, elic::elic. One export set for each, so that a component asks for no library that only another one needs.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/elic)

function(elic_component component)
  install(TARGETS ${ARGN} EXPORT elic_${component})
  install(EXPORT elic_${component} NAMESPACE elic:: FILE elic-${component}.cmake DESTINATION ${package_dir})
endfunction()
elic_component(verify elic_base elic_license elic_codec elic_crypto elic_packs elic_payload elic_trust elic_verify)
elic_component(document elic_container elic_document elic_verify_document)
elic_component(qr elic_picture elic_qr)
elic_component(issue elic_ledger elic_issue)
elic_component(issue_document elic_packing elic_face elic_issue_document elic_issue_drawing)
elic_component(elic elic_all)

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/elicConfig.cmake.in ${PROJECT_BINARY_DIR}/elicConfig.cmake
                              INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/elicConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/elicConfig.cmake ${PROJECT_BINARY_DIR}/elicConfigVersion.cmake DESTINATION ${package_dir})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/elic DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/schemas DESTINATION ${CMAKE_INSTALL_DATADIR}/elic)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
