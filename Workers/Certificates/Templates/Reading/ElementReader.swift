internal import Configuration
internal import FoundationEssentials

/// Reads one element, by its type.
struct ElementReader {
    private(set) var element: TemplateElement

    private static let types =
        ["background", "border", "line", "rectangle", "ornament", "text", "image", "qr", "signature"]
        + ContentField.texts.map(\.rawValue)
    private static let box = ["x", "y", "width", "height"]
    private static let style = [
        "font", "size", "smallest", "bold", "italic", "color", "align", "position", "spacing", "lines", "heading",
    ]

    private let object: SettingsObject
    private let page: PageSize

    /// nil when it has no type, which is then reported; other mistakes are reported only.
    init?(_ object: SettingsObject, page: PageSize) {
        object.findings.entitle(object.path, "element \((Int(object.path.last ?? "") ?? 0) + 1)")
        let read = object.choice("type", of: Names(Self.types), "a type of element")
        guard let type = object.required("type", read) else { return nil }
        object.findings.entitle(object.path, "element \((Int(object.path.last ?? "") ?? 0) + 1), \(type)")
        self.object = object
        self.page = page
        element = TemplateElement(figure: .background(.black))
        element.figure = figure(type)
        let fields = Names(ContentField.allCases.map(\.rawValue))
        element.condition = object.choice("when", of: fields, "what a certificate may have").flatMap(ContentField.init)
    }

    private func figure(_ type: String) -> TemplateElement.Figure {
        switch type {
        case "background":
            allow(["color"])
            return .background(color(required: true))
        case "border": return border()
        case "line":
            allow(Self.box + ["color"])
            return .line(box(thin: true), color())
        case "rectangle":
            allow(Self.box + ["color"])
            return .rectangle(box(), color())
        case "ornament":
            allow(Self.box + ["color", "shape"])
            return .ornament(required("shape", choice("shape", "a shape")) ?? .rosette, box(), color())
        case "image": return image()
        case "signature":
            allow(Self.box)
            return .signature(box())
        case "qr":
            allow(Self.box + ["color"])
            return .qr(box(), color())
        case "text":
            allow(Self.box + Self.style + ["text"])
            return .text(box(), textStyle(), required("text", object.localizedText("text")) ?? LocalizedText([:]))
        default:
            allow(Self.box + Self.style)
            let field = ContentField(rawValue: type) ?? .learner
            var style = textStyle()
            style.joins = field != .url && field != .code
            return .field(field, box(), style)
        }
    }

    private func border() -> TemplateElement.Figure {
        allow(["style", "inset", "width", "color"])
        return .border(
            choice("style", "a style of border") ?? .line, inset: object.number("inset", in: 0...200) ?? 24,
            width: object.number("width", in: 0.1...60) ?? 1, color())
    }

    private func image() -> TemplateElement.Figure {
        allow(Self.box + ["file", "description"])
        let file = required("file", object.path("file"))
        return .image(
            box(), TemplateImage(png: file.map(png) ?? []), description: object.localizedText("description"))
    }

    private func png(_ file: String) -> [UInt8] {
        let bytes = (try? Data(contentsOf: URL(filePath: file))).map { [UInt8]($0) }
        do throws(InvalidCertificate) {
            guard let bytes else {
                throw InvalidCertificate("The file \(file) cannot be read; check its name and owner.")
            }
            try PNG.check(bytes, "The file \(file)")
            return bytes
        } catch {
            object.refuse("file", error.description)
            return []
        }
    }

    private func textStyle() -> TextStyle {
        var style = TextStyle()
        style.font = choice("font", "a font") ?? style.font
        style.size = required("size", object.number("size", in: 4...200)) ?? style.size
        style.smallest = object.number("smallest", in: 4...200) ?? style.size
        if style.smallest > style.size { object.refuse("smallest", "'smallest' is larger than 'size'; exchange them.") }
        style.bold = object.boolean("bold") ?? false
        style.italic = object.boolean("italic") ?? false
        style.color = color()
        style.align = choice("align", "an alignment") ?? .center
        style.position = choice("position", "a position in a box") ?? .middle
        style.spacing = object.number("spacing", in: -100...1000) ?? 0
        style.lines = object.integer("lines", in: 1...20) ?? 1
        style.heading = object.boolean("heading") ?? false
        return style
    }
}

extension ElementReader {
    private func allow(_ keys: [String]) {
        object.refuseUnknown(["type", "when"] + keys, "a key of this element")
    }

    private func required<Value>(_ key: String, _ value: Value?) -> Value? { object.required(key, value) }

    private func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String, _ title: String) -> Choice? {
        object.choice(key, of: Names(Choice.allCases.map(\.rawValue)), title).flatMap(Choice.init)
    }

    private func color(required isRequired: Bool = false) -> Color {
        guard let text = isRequired ? required("color", object.text("color")) : object.text("color") else {
            return .black
        }
        guard let color = Color(text) else {
            object.refuse("color", "'color' is no colour; write \"#\" and six hexadecimal digits.")
            return .black
        }
        return color
    }

    /// - Parameter thin: whether it may have no width or no height.
    private func box(thin: Bool = false) -> Box {
        let least = thin ? 0.1 : 1
        let box = Box(
            x: required("x", object.number("x", in: 0...page.width)) ?? 0,
            y: required("y", object.number("y", in: 0...page.height)) ?? 0,
            width: required("width", object.number("width", in: least...page.width)) ?? least,
            height: required("height", object.number("height", in: least...page.height)) ?? least)
        if box.x + box.width > page.width + 0.01 {
            object.refuse("width", "it ends right of the page; move or narrow it.")
        }
        if box.y + box.height > page.height + 0.01 {
            object.refuse("height", "it ends below the page; move or lower it.")
        }
        return box
    }
}
