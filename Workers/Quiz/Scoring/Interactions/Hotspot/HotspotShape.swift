/// The shape of an area, with the meaning of its coordinates. Borders belong to it.
package enum HotspotShape: String, Codable, Sendable, CaseIterable {
    /// The whole image; no coordinates.
    case `default`
    /// left, top, right, bottom
    case rect
    /// centre x, centre y, radius
    case circle
    /// centre x, centre y, horizontal radius, vertical radius
    case ellipse
    /// x1, y1, x2, y2, …: three corners or more
    case poly
}
