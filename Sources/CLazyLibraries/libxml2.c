#include <libxml/parser.h>
#include <libxml/tree.h>

#include "LazyLibrary.h"

#define LIBRARY cw_libxml2

LAZY(void, xmlInitParser, (void), ())
LAZY(xmlParserCtxtPtr, xmlNewParserCtxt, (void), ())
LAZY(void, xmlFreeParserCtxt, (xmlParserCtxtPtr parser), (parser))
LAZY(void, xmlStopParser, (xmlParserCtxtPtr parser), (parser))
LAZY(xmlDocPtr, xmlCtxtReadMemory,
     (xmlParserCtxtPtr parser, const char *bytes, int count, const char *url, const char *encoding, int options),
     (parser, bytes, count, url, encoding, options))
LAZY(xmlErrorPtr, xmlCtxtGetLastError, (void *parser), (parser))
LAZY(xmlNodePtr, xmlDocGetRootElement, (const xmlDoc *document), (document))
LAZY(void, xmlFreeDoc, (xmlDocPtr document), (document))
LAZY(long, xmlGetLineNo, (const xmlNode *node), (node))
