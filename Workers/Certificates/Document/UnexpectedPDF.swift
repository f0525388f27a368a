/// A file that is not laid out as cairo 1.16 does it.
package struct UnexpectedPDF: Error, CustomStringConvertible {
    private let place: String

    init(_ place: String) { self.place = place }

    package var description: String {
        "The installed cairo writes PDF files in a way that is not known here (\(place)); use that of Debian 12."
    }
}
