"""Places and peoples by name: what is capitalised like a person and is none. English names only."""

from bot.quoting.lexicon import words


def _names(text: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in text.split(","))


COUNTRIES = _names(
    "afghanistan, albania, algeria, argentina, armenia, australia, austria, azerbaijan, bahrain, bangladesh, belarus, belgium, "
    "bolivia, bosnia, brazil, britain, great britain, bulgaria, burma, cambodia, cameroon, canada, chile, china, colombia, congo, "
    "costa rica, croatia, cuba, cyprus, denmark, ecuador, egypt, el salvador, england, eritrea, estonia, ethiopia, fiji, finland, "
    "france, gaza, germany, ghana, greece, guatemala, haiti, honduras, hungary, iceland, india, indonesia, iran, iraq, ireland, "
    "northern ireland, israel, italy, jamaica, japan, kazakhstan, kenya, kosovo, kuwait, kyrgyzstan, laos, latvia, lebanon, liberia, "
    "libya, lithuania, luxembourg, malaysia, mali, malta, mexico, moldova, mongolia, morocco, mozambique, myanmar, nepal, "
    "netherlands, new zealand, nicaragua, nigeria, north korea, south korea, norway, oman, pakistan, palestine, panama, paraguay, "
    "peru, philippines, poland, portugal, puerto rico, qatar, romania, russia, rwanda, saudi arabia, scotland, senegal, serbia, "
    "sierra leone, singapore, slovakia, slovenia, somalia, south africa, soviet union, spain, sri lanka, sudan, sweden, switzerland, "
    "syria, taiwan, tajikistan, tanzania, thailand, tibet, tunisia, turkey, turkmenistan, uganda, ukraine, united arab emirates, "
    "united kingdom, united states, u.s, u.s., us, u.k, u.k., uk, uae, eu, uruguay, uzbekistan, vatican, venezuela, vietnam, wales, "
    "yemen, zambia, zimbabwe"
)
REGIONS = _names(
    "africa, america, asia, europe, european union, latin america, middle east, north america, south america, the balkans, crimea, "
    "catalonia, bavaria, alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, georgia, hawaii, "
    "idaho, illinois, indiana, iowa, kansas, kentucky, louisiana, maine, maryland, massachusetts, michigan, minnesota, mississippi, "
    "missouri, montana, nebraska, nevada, new hampshire, new jersey, new mexico, new york, north carolina, north dakota, ohio, "
    "oklahoma, oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee, texas, utah, vermont, virginia, "
    "washington state, west virginia, wisconsin, wyoming, new england, midwest, deep south, alberta, british columbia, manitoba, nova "
    "scotia, ontario, quebec, saskatchewan, new south wales, queensland, south australia, tasmania, western australia, assam, bihar, "
    "goa, gujarat, haryana, jharkhand, karnataka, kashmir, kerala, madhya pradesh, maharashtra, manipur, odisha, punjab, rajasthan, "
    "tamil nadu, telangana, uttar pradesh, uttarakhand, west bengal, cornwall, cumbria, devon, dorset, essex, kent, lancashire, "
    "norfolk, suffolk, surrey, sussex, yorkshire, ulster, munster, leinster, connacht, donegal, kerry, galway, tyrone, antrim"
)
CITIES = _names(
    "aberdeen, adelaide, ahmedabad, aleppo, amsterdam, anchorage, ankara, athens, atlanta, atlantic city, austin, baghdad, baltimore, "
    "bangkok, barcelona, beijing, beirut, belfast, bengaluru, bangalore, berlin, birmingham, boston, brasilia, brighton, brisbane, "
    "bristol, brooklyn, brussels, bucharest, budapest, buenos aires, buffalo, cairo, calgary, canberra, cape town, caracas, cardiff, "
    "chennai, chicago, cincinnati, cleveland, columbus, copenhagen, cork, dallas, damascus, davos, delhi, new delhi, denver, derry, "
    "des moines, detroit, dhaka, doha, donetsk, dubai, dublin, dubuque, dundee, durban, edinburgh, ferguson, fort worth, frankfurt, "
    "geneva, glasgow, hamburg, hanoi, harlem, hartford, havana, helsinki, hiroshima, hollywood, hong kong, honolulu, houston, "
    "hyderabad, indianapolis, islamabad, istanbul, jakarta, jerusalem, johannesburg, kabul, kansas city, karachi, kathmandu, kiev, "
    "kolkata, kyiv, lagos, lahore, las vegas, leeds, leicester, lima, limerick, lisbon, liverpool, london, los angeles, louisville, "
    "madrid, manchester, manhattan, manila, melbourne, memphis, mexico city, miami, milan, milwaukee, minneapolis, montreal, moscow, "
    "mosul, mumbai, munich, nairobi, nashville, new orleans, newcastle, nottingham, oakland, omaha, orlando, oslo, ottawa, oxford, "
    "palm beach, palo alto, paris, perth, philadelphia, phoenix, pittsburgh, plymouth, port-au-prince, portsmouth, prague, pune, "
    "pyongyang, queens, raleigh, riyadh, rome, sacramento, salt lake city, san antonio, san diego, san francisco, san jose, santiago, "
    "sarajevo, seattle, seoul, shanghai, sheffield, silicon valley, sofia, southampton, st. louis, st. petersburg, staten island, "
    "stockholm, swansea, sydney, taipei, tallahassee, tampa, tehran, tel aviv, tokyo, toronto, tripoli, tucson, tulsa, vancouver, "
    "vienna, vladivostok, wall street, warsaw, washington, washington d.c, westminster, whitehall, winnipeg, wellington, york, zurich"
)
PLACES = COUNTRIES | REGIONS | CITIES

# States and provinces as they stand behind a town: Springfield, Ill.; Perth, W.A.
REGIONS_IN_SHORT = words(
    "ala ariz ark cal calif colo conn d.c del fla ga ill ind kan ky la mass md me mich minn miss mo mont n.c n.d n.h n.j n.m n.y neb nev "
    "okla ore pa penn r.i s.c s.d tenn tex va vt w.va wash wis wyo alta b.c man n.b n.l n.s n.w.t nfld ont p.e.i que sask act n.s.w nsw nt "
    "qld sa tas vic w.a wa"
)

# What is done to or by the people of a place, a party or a faith: an adjective, and the name of a people with "the" or in the plural.
PEOPLES = words(
    "afghan african albanian algerian american arab argentine armenian asian asian-american australian austrian bangladeshi "
    "belarusian belgian bolivian bosnian brazilian british bulgarian cambodian canadian catholic chilean chinese christian colombian "
    "conservative croatian cuban czech danish democratic dutch eastern egyptian english estonian ethiopian european filipino finnish "
    "french georgian german ghanaian greek haitian hindu hispanic hungarian indian indonesian iranian iraqi irish islamic israeli "
    "italian jamaican japanese jewish jordanian kazakh kenyan korean kurdish kuwaiti latin latino latvian lebanese liberal "
    "libertarian libyan lithuanian malaysian mexican moldovan moroccan mormon muslim nepali nigerian norwegian pakistani palestinian "
    "peruvian philippine polish portuguese protestant republican romanian russian saudi scottish serbian sikh slovak somali south "
    "spanish sudanese sunni shiite shia swedish swiss syrian taiwanese thai tory tunisian turkish ukrainian venezuelan vietnamese "
    "welsh western yemeni zimbabwean african-american african-americans gop"
)
