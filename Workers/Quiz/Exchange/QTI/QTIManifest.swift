/// The items of a QTI 3.0 package, as its `imsmanifest.xml` lists them.
package struct QTIManifest: Sendable, Equatable {
    /// Paths of items within the package.
    package let items: [String]

    package init(_ bytes: [UInt8]) throws(InvalidImport) {
        let root = try XMLElement(parsing: bytes)
        guard root.name == "manifest" else {
            throw InvalidImport("The file is no manifest of a package: its outermost element is not manifest.")
        }
        let resources = root.first("resources")?.all("resource") ?? []
        items = resources.filter { $0.attributes["type"]?.hasPrefix("imsqti_item_xmlv3") ?? false }
            .compactMap { $0.attributes["href"] }.filter(Self.staysInside)
    }

    /// A package names no files but its own.
    private static func staysInside(_ path: String) -> Bool {
        !path.hasPrefix("/") && !path.contains("\\") && !path.contains(":")
            && !path.split(separator: "/").contains("..")
    }
}
