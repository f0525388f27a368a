// The parts of libxml2 that read a document into a tree.
#pragma once
#include <libxml/parser.h>
#include <libxml/tree.h>

// A document type definition is what entities, and with them bombs and reading of other files, are made of: the parser
// stops at the first, before anything in it is read. `_private` then says why.
static void cw_xml_refuse_definition(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
    xmlParserCtxtPtr parser = (xmlParserCtxtPtr)context;
    (void)name, (void)external, (void)system;
    parser->_private = parser;
    xmlStopParser(parser);
}

// The callbacks are in a structure that Swift cannot assign C functions of this header to. No network, no warnings on
// the terminal, and CDATA is text.
static inline xmlDocPtr cw_xml_read(xmlParserCtxtPtr parser, const char *bytes, int count) {
    parser->sax->internalSubset = cw_xml_refuse_definition;
    return xmlCtxtReadMemory(
        parser, bytes, count, NULL, "UTF-8",
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
}
