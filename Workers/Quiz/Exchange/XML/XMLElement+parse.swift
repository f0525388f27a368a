import CXML

extension XMLElement {
    /// Reads a document in UTF-8. Nothing outside it is ever read: a document type definition is refused, and with it
    /// every entity but those of XML itself. libxml2 refuses more than 256 levels, and texts of more than 10 MB.
    /// - Returns: the outermost element.
    init(parsing bytes: [UInt8]) throws(InvalidImport) {
        try InvalidImport.check(bytes)
        xmlInitParser()
        guard let parser = xmlNewParserCtxt() else { throw InvalidImport("There is no memory to read the file.") }
        defer { xmlFreeParserCtxt(parser) }
        let document = bytes.withUnsafeBytes { buffer in
            cw_xml_read(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), CInt(buffer.count))
        }
        defer { xmlFreeDoc(document) }
        guard parser.pointee._private == nil else {
            throw InvalidImport("The file has a document type (<!DOCTYPE …>), which is not allowed; remove it.")
        }
        guard parser.pointee.wellFormed == 1, let document, let root = xmlDocGetRootElement(document) else {
            throw InvalidImport("The file is not XML: \(Self.problem(parser))")
        }
        self.init(copying: root)
    }

    private static func problem(_ parser: xmlParserCtxtPtr) -> String {
        guard let error = xmlCtxtGetLastError(parser), let message = error.pointee.message else {
            return "it is empty."
        }
        return "line \(error.pointee.line): \(String(cString: message).words)."
    }

    private init(copying node: UnsafeMutablePointer<xmlNode>) {
        self.init(name: String(cString: node.pointee.name), line: Int(xmlGetLineNo(node)))
        var attribute = node.pointee.properties
        while let current = attribute {
            attributes[String(cString: current.pointee.name)] = Self.content(current.pointee.children)
            attribute = current.pointee.next
        }
        var child = node.pointee.children
        while let current = child {
            switch current.pointee.type {
            case XML_ELEMENT_NODE: nodes.append(.element(XMLElement(copying: current)))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE: nodes.append(.text(Self.content(current)))
            default: break
            }
            child = current.pointee.next
        }
    }

    private static func content(_ node: UnsafeMutablePointer<xmlNode>?) -> String {
        node?.pointee.content.map { String(cString: $0) } ?? ""
    }
}
