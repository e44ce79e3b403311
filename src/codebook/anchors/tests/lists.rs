//! Lists of labels as they are published.

/// Lists as they are published, low to high, with the family.
pub(super) const PUBLISHED: &[(&str, &str)] = &[
    ("agreement", "Strongly disagree · Disagree · Agree · Strongly agree"),
    ("agreement", "Strongly disagree · Somewhat disagree · Somewhat agree · Strongly agree"),
    ("agreement", "Completely disagree · Somewhat disagree · Somewhat agree · Completely agree"),
    ("agreement", "Strongly disagree · Disagree · Neither agree or disagree · Agree · Strongly agree"),
    ("agreement", "Strongly disagree · Disagree · Neutral/Undecided · Agree · Strongly agree"),
    ("agreement", "Strongly disagree · Disagree · Undecided · Agree · Strongly agree"),
    (
        "agreement",
        "Strongly disagree · Somewhat disagree · Neither agree nor disagree · Somewhat agree · Strongly agree",
    ),
    ("agreement", "Strongly disagree · Disagree · Tend to disagree · Tend to agree · Agree · Strongly agree"),
    (
        "agreement",
        "Strongly disagree · Disagree · Slightly disagree · Neutral · Slightly agree · Agree · Strongly agree",
    ),
    ("frequency", "Never · Rarely · Sometimes · Often"),
    ("frequency", "Not at all · Several days · More than half the days · Nearly everyday"),
    ("frequency", "Never · Rarely · Sometimes · Often · Always"),
    ("frequency", "Never · Sometimes · About half the time · Most of the time · Always"),
    ("frequency", "Never · Some of the time · About half the time · Most of the time · Always"),
    (
        "frequency",
        "None of the time · Some of the time · About half the time · Most of the time · All of the time",
    ),
    (
        "frequency",
        "None of the time · A little of the time · Some of the time · Most of the time · All the time",
    ),
    ("frequency", "Never · Rarely · About half the time · Most of the time · All the time"),
    ("frequency", "Very rarely or never · Rarely · Sometimes · Often · Very often or always"),
    ("frequency", "Never · Rarely · Occasionally · Frequently · Very frequently"),
    ("frequency", "Never · Rarely · Occasionally · A moderate amount · A great deal"),
    ("frequency", "Never · Almost never · Occasionally/Sometimes · Almost every time · Every time"),
    ("frequency", "Almost never · Occasionally · About half the time · Often · Nearly always"),
    (
        "frequency",
        "Never true · Rarely true · Sometimes but infrequently true · Neutral · Sometimes true · Usually true · Always true",
    ),
    ("frequency", "Never · Couple times a year · Once a month · Once a week · Every day"),
    ("satisfaction", "Very dissatisfied · Dissatisfied · Satisfied · Very satisfied"),
    ("satisfaction", "Very dissatisfied · Somewhat dissatisfied · Somewhat satisfied · Very satisfied"),
    (
        "satisfaction",
        "Extremely dissatisfied · Somewhat dissatisfied · Neither satisfied nor dissatisfied · Somewhat satisfied · Extremely satisfied",
    ),
    (
        "satisfaction",
        "Not at all satisfied · Slightly satisfied · Moderately satisfied · Very satisfied · Extremely satisfied",
    ),
    (
        "satisfaction",
        "Completely dissatisfied · Mostly dissatisfied · Somewhat dissatisfied · Neither satisfied or dissatisfied · Somewhat satisfied · Mostly satisfied · Completely satisfied",
    ),
    (
        "satisfaction",
        "Extremely dissatisfied · Moderately dissatisfied · Slightly dissatisfied · Neither satisfied nor dissatisfied · Slightly satisfied · Moderately satisfied · Extremely satisfied",
    ),
    ("importance", "Not important · Slightly important · Important · Very important"),
    (
        "importance",
        "Not at all important · Slightly important · Moderately important · Very important · Extremely important",
    ),
    (
        "importance",
        "Not at all important · Low importance · Slightly important · Neutral · Moderately important · Very important · Extremely important",
    ),
    (
        "likelihood",
        "Extremely unlikely · Somewhat unlikely · Neither likely nor unlikely · Somewhat likely · Extremely likely",
    ),
    ("likelihood", "Extremely unlikely · unlikely · Neutral · likely · Extremely Likely"),
    ("likelihood", "Very unlikely · Unlikely · Neither likely nor unlikely · Likely · Very likely"),
    (
        "likelihood",
        "Very unlikely · Moderately unlikely · Neither Likely nor unlikely · Moderately likely · Very likely",
    ),
    ("likelihood", "Definitely not · Probably not · Might or might not · Probably yes · Definitely yes"),
    (
        "likelihood",
        "Very unlikely · Unlikely · Somewhat unlikely · Neither likely nor unlikely · Somewhat likely · Likely · Very likely",
    ),
    ("quality", "Poor · Fair · Good · Excellent"),
    ("quality", "Poor · Fair · Good · Very good · Excellent"),
    ("quality", "Poor · Fair · Average · Good · Excellent"),
    ("quality", "Very poor · Poor · Acceptable · Good · Very good"),
    ("quality", "Terrible · Poor · Average · Good · Excellent"),
    ("comparison", "Much worse · Somewhat worse · About the same · Somewhat better · Much better"),
    ("comparison", "Far below average · Below average · Average · Above average · Far above average"),
    (
        "confidence",
        "Not at all confident · Slightly confident · Moderately confident · Very confident · Extremely confident",
    ),
    ("preparedness", "Not at all prepared · Somewhat prepared · Very prepared"),
    ("preparedness", "Not at all prepared · Not very prepared · Somewhat prepared · Very prepared"),
    ("preparedness", "Not yet prepared · Somewhat prepared · Adequately prepared · Well prepared"),
    ("helpfulness", "Not helpful · Somewhat helpful · Helpful · Very helpful"),
    ("helpfulness", "Very unhelpful · Somewhat unhelpful · Neutral · Somewhat helpful · Very helpful"),
    ("amount", "None at all · A little · A moderate amount · A lot · A great deal"),
    ("amount", "Very slightly or not at all · A little · Moderately · Quite a bit · Extremely"),
    ("amount", "Not at all · Very little · Somewhat · Quite a bit · Very much"),
    (
        "extent",
        "To no extent · To a small extent · To a moderate extent · To a large extent · To a very large extent",
    ),
    ("support", "Strongly oppose · Somewhat oppose · Neutral · Somewhat favour · Strongly favour"),
    (
        "responsibility",
        "Not at all responsible · Somewhat responsible · Mostly responsible · Completely responsible",
    ),
    ("problem", "Not at all a problem · Minor problem · Moderate problem · Serious problem"),
    ("barrier", "Not a barrier · Somewhat of a barrier · Moderate barrier · Extreme barrier"),
    ("priority", "Not a priority · Low priority · Medium priority · High priority · Essential priority"),
    ("ease", "Very difficult · Difficult · Neither easy nor difficult · Easy · Very easy"),
    ("concern", "Not worried at all · Not very worried · Somewhat worried · Very worried"),
    ("trust", "Distrust a lot · Distrust some · Trust some · Trust a lot"),
    ("strength", "Very weak · Weak · Neither strong nor weak · Strong · Very strong"),
];

/// Lists of words that other scales order differently: known only in the order of a definition.
pub(super) const DOUBTFUL: &[&str] = &[
    "Not at all confident · Somewhat confident · Moderately confident · Very confident",
    "Not confident at all · Slightly confident · Somewhat confident · Fairly confident · Completely confident",
    "Not at all familiar · Slightly familiar · Somewhat familiar · Moderately familiar · Extremely familiar",
    "Not at all prepared · Somewhat prepared · Moderately prepared · Well prepared · Highly prepared",
    "Never · Rarely (<10 %) · Occasionally (30 %) · Sometimes (50 %) · Frequently (70 %) · Usually (90 %) · Every time",
];
