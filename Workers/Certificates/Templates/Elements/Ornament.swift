/// A figure that is drawn with curves.
package enum Ornament: String, Sendable, CaseIterable {
    /// Lines that are woven as on a banknote.
    case rosette
    /// A round seal with rays and a star.
    case seal
    /// A line that ends in two volutes, with a lozenge in its middle.
    case flourish
    /// A field of fine waves.
    case waves
    /// Overlapping circles that grow paler.
    case rings
}
