/// An upload that does not come apart as it should: it is transcoded in one go.
struct NotCuttable: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
