internal import Configuration

/// A template while it is read. Sound when the findings are empty.
struct TemplateDraft {
    var page = PageSize.a4
    var language = "en"
    var title = LocalizedText([:])
    var elements: [TemplateElement] = []

    private static let keys = ["title", "language", "page", "elements"]
    private static let mostElements = 200

    init(_ root: SettingValue, _ findings: Findings) {
        guard case .object(let members) = root else {
            findings.add("this is \(root); write an object in { }.", at: [])
            return
        }
        let object = SettingsObject(path: [], members: members, findings: findings)
        object.refuseUnreadable()
        object.refuseUnknown(Self.keys, "a key of a template")
        read(object)
    }

    private mutating func read(_ object: SettingsObject) {
        if let text = object.text("language") {
            language = text
            if !LanguageTag.isOne(text) { object.refuse("language", "'language' is no tag; write one such as \"en\".") }
        }
        title = object.required("title", object.localizedText("title")) ?? title
        page = object.object("page").map(PageReader.size) ?? PageSize.a4.turned(like: PageReader.landscape)
        let elements = object.required("elements", object.objects("elements")) ?? []
        if elements.count > Self.mostElements {
            object.refuse("elements", "there are \(elements.count) elements; draw with \(Self.mostElements) at most.")
        }
        self.elements = elements.prefix(Self.mostElements).compactMap { ElementReader($0, page: page)?.element }
    }
}
