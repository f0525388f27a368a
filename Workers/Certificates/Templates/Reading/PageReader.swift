internal import Configuration

/// `page: { size: "A4", orientation: "landscape" }`, or `{ width, height }` in points.
enum PageReader {
    static let landscape = PageSize(width: 2, height: 1)
    private static let portrait = PageSize(width: 1, height: 2)
    private static let sides = 100.0...3000

    static func size(_ object: SettingsObject) -> PageSize {
        object.refuseUnknown(["size", "orientation", "width", "height"], "a key of a page")
        let width = object.number("width", in: sides), height = object.number("height", in: sides)
        if let width, let height {
            for key in ["size", "orientation"] where object.members[key] != nil {
                object.refuse(key, "'\(key)' has no meaning beside 'width' and 'height'; remove it.")
            }
            return PageSize(width: width, height: height)
        }
        if object.members["width"] != nil || object.members["height"] != nil {
            object.refuse(nil, "a page has both 'width' and 'height', or a 'size'.")
        }
        let names = Names(PageSize.named.map(\.key))
        let size = object.choice("size", of: names, "a size of paper").flatMap { PageSize(named: $0) } ?? .a4
        let orientation = object.choice("orientation", of: Names(["landscape", "portrait"]), "an orientation")
        return size.turned(like: orientation == "portrait" ? portrait : landscape)
    }
}
