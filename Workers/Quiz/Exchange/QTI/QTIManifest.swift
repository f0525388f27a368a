/// The items of a QTI 3.0 package, as its `imsmanifest.xml` lists them.
package struct QTIManifest: Sendable, Equatable {
    /// Paths of items within the package.
    package let items: [String]
    /// What is listed beside them, and not taken over.
    package let others: [ImportNote]

    package init(_ bytes: [UInt8]) throws(InvalidImport) {
        let root = try XMLElement(parsing: bytes)
        guard root.name == "manifest" else {
            throw InvalidImport("The file is no manifest of a package: its outermost element is not manifest.")
        }
        var (items, others): ([String], [ImportNote]) = ([], [])
        for resource in root.first("resources")?.all("resource") ?? [] {
            let (type, path) = (resource.attributes["type"] ?? "", resource.attributes["href"] ?? "")
            guard type.hasPrefix("imsqti_item_xmlv3") else {
                others.append(ImportNote(line: resource.line, problem: Self.loss(type, path)))
                continue
            }
            guard Self.staysInside(path) else {
                others.append(ImportNote(line: resource.line, problem: "The item lies outside of the package."))
                continue
            }
            items.append(path)
        }
        (self.items, self.others) = (items, others)
    }

    private static func loss(_ type: String, _ path: String) -> String {
        type.hasPrefix("imsqti_test")
            ? "The test \(path) is not taken over: its items become one section."
            : "\(path) (\(type)) is not taken over."
    }

    /// A package names no files but its own.
    private static func staysInside(_ path: String) -> Bool {
        !path.isEmpty && !path.hasPrefix("/") && !path.contains("\\") && !path.contains(":")
            && !path.split(separator: "/").contains("..")
    }

    /// A manifest of these items.
    static func text(listing paths: [String]) -> String {
        var writer = XMLWriter()
        let namespace = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
        writer.element("manifest", ["xmlns": namespace, "identifier": "quiz"]) { manifest in
            manifest.element("metadata") {
                $0.element("schema", text: "QTI Package")
                $0.element("schemaversion", text: "3.0.0")
            }
            manifest.element("organizations", [:])
            manifest.element("resources") { resources in
                for (index, path) in paths.enumerated() {
                    resources.element(
                        "resource", ["identifier": "item\(index + 1)", "type": "imsqti_item_xmlv3p0", "href": path]
                    ) { $0.element("file", ["href": path]) }
                }
            }
        }
        return writer.text
    }
}
