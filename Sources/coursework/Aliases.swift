import Reports
typealias JSONText = Reports.JSONText
typealias TextKey = Reports.TextKey
