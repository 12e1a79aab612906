/* A library without saggar_plugin_entry. */
int saggar_zoo_something_else(void);
int saggar_zoo_something_else(void) { return 7; }
