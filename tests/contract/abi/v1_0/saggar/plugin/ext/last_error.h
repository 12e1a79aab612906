/* Extension "saggar.last_error/1": the text behind a FAULT of a function without a text buffer. */
#ifndef SAGGAR_PLUGIN_EXT_LAST_ERROR_H
#define SAGGAR_PLUGIN_EXT_LAST_ERROR_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SAGGAR_EXT_LAST_ERROR "saggar.last_error/1"

typedef struct saggar_ext_last_error {
  uint32_t struct_size;
  uint32_t reserved;
  /* Writes why the last call of `activate`, `restore` or of the tune extension returned FAULT:
   * UTF-8, zero-terminated, "" if nothing is known. Called where that call was made, before the
   * next one. No heap, no lock.                                                         [any] */
  void (*text)(void* self, char* text, uint32_t capacity);
} saggar_ext_last_error;

#ifdef __cplusplus
}
#endif
#endif
