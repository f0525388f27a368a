/// What is no video that can be transcoded, and never will be: said to a person.
package struct UnusableMedia: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
